# The page over the documents in /documents, with what only answers (ibid-qa-slim). Once the image is
# built nothing is fetched: docs/install.md says how it is run.
FROM python:3.11.14-slim-bookworm AS build
WORKDIR /checkout
COPY . .
RUN pip wheel --no-cache-dir --wheel-dir /wheels --constraint constraints.txt ./packaging/slim

FROM python:3.11.14-slim-bookworm
# Compiled here, Python's own modules too: the user cannot write beside them, and each start would.
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-compile --no-index --find-links /wheels /wheels/ibid_qa_slim-*.whl \
    && python -m compileall -q -j 0 --invalidation-mode unchecked-hash /usr/local/lib/python3.11 \
    && useradd --uid 10001 --no-create-home ibid \
    && install --directory --owner ibid /documents /indexes
ENV IBID_HOME=/indexes
USER 10001
VOLUME ["/documents", "/indexes"]
EXPOSE 7860
STOPSIGNAL SIGINT
# The page listens when the documents are indexed: until then it is starting, and not unhealthy.
HEALTHCHECK --interval=1m --timeout=10s --start-period=24h --retries=3 \
    CMD ["python", "-c", "from http.client import HTTPConnection; page = HTTPConnection('127.0.0.1', 7860, timeout=5); page.request('GET', '/waiting'); raise SystemExit(page.getresponse().status != 200)"]
ENTRYPOINT ["ibid"]
CMD ["chat", "--host", "0.0.0.0", "--port", "7860", "--no-open", "--documents", "/documents"]
