# The page over the documents in /documents, with what only answers (ibid-qa-slim). Once the image is
# built nothing is fetched: docs/install.md says how it is run.
FROM python:3.11.14-slim-bookworm AS build
WORKDIR /checkout
COPY . .
RUN pip wheel --no-cache-dir --wheel-dir /wheels --constraint constraints.txt ./packaging/slim

FROM python:3.11.14-slim-bookworm
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-compile --no-index --find-links /wheels /wheels/ibid_qa_slim-*.whl \
    && useradd --uid 10001 --no-create-home ibid \
    && install --directory --owner ibid /documents /indexes
ENV IBID_HOME=/indexes
USER 10001
VOLUME ["/documents", "/indexes"]
EXPOSE 7860
STOPSIGNAL SIGINT
HEALTHCHECK --interval=1m --timeout=10s --start-period=10m --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:7860/', timeout=5)"]
ENTRYPOINT ["ibid"]
CMD ["chat", "--host", "0.0.0.0", "--port", "7860", "--no-open", "--documents", "/documents"]
