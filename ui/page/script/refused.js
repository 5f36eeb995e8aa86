// What the page says by itself: that the server has refused what was sent, and how long others are
// still before a question.
(() => {
  const { $, asking, follow, token } = ibid;

  function say(role, words) {
    $(`.said[role=${role}]`)?.remove();
    if (!words) return;
    const line = document.createElement("p");
    line.className = `said ${role === "alert" ? "refused" : "note"}`;
    line.setAttribute("role", role);
    line.textContent = words;
    $("#notice").after(line);
  }

  // Gradio would write "Error" over every part of the page: it is told that nothing changed.
  const fetched = window.fetch;
  window.fetch = async (address, options) => {
    if (!String(address).endsWith("/run/predict")) return fetched(address, options);
    const reply = await fetched(address, options);
    if (reply.ok) {
      say("alert", "");
      return reply;
    }
    const { error } = await reply.json();
    asking(false);
    say("alert", error ?? "This failed; the terminal that runs Ibid says why.");
    follow();
    const { fn_index } = JSON.parse(options.body);
    const { outputs } = window.gradio_config.dependencies.find(({ id }) => id === fn_index);
    return Response.json({ data: outputs.map(() => ({ __type__: "update" })) });
  };

  setInterval(async () => {
    const waits = () => document.body.matches(".asking");
    if (!waits()) return say("status", "");
    const reply = await fetched("/waiting", { headers: { "x-ibid-tab": token() } }).catch(() => null);
    if (reply?.ok) say("status", waits() ? await reply.text() : "");
  }, 1000);
})();
