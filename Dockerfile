# Pincite with the engines `tantivy` and `opensearch` and the store on PostgreSQL. The library lies in /library; nothing
# else is written but to /tmp. Build it with `docker build -t pincite .`; `compose.yaml` runs it beside all it needs.

FROM python:3.11.14-slim-bookworm AS build
WORKDIR /build
COPY requirements.lock deploy/build.lock ./
# the environment has no pip of its own, so that none goes into the final image; nothing is compiled
RUN python -m venv --without-pip /opt/pincite \
 && pip --python /opt/pincite/bin/python install --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock \
 && pip install --no-cache-dir --require-hashes --only-binary :all: -r build.lock
COPY pyproject.toml README.md LICENSE ./
COPY corpus corpus
COPY ingest ingest
COPY search search
COPY webapp webapp
RUN pip wheel --no-deps --no-build-isolation --no-index --wheel-dir dist . \
 && pip --python /opt/pincite/bin/python install --no-cache-dir --no-deps --no-index dist/*.whl

FROM python:3.11.14-slim-bookworm
RUN pip uninstall --yes --quiet pip \
 && useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin pincite \
 && install --directory --owner=pincite --group=pincite --mode=0750 /library
COPY --from=build /opt/pincite /opt/pincite
ENV PATH=/opt/pincite/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PINCITE_LIBRARY=/library \
    PINCITE_HOST=0.0.0.0 \
    PINCITE_LOG=json
USER 10001:10001
VOLUME /library
EXPOSE 8765
# Ctrl+C ends all processes in good order
STOPSIGNAL SIGINT
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8765/healthz', timeout=4).read()"]
ENTRYPOINT ["pincite"]
CMD ["serve"]
