# The images of Driftless; each is a target of this file:
#
#   usage-streams   the streams application
#   gateway         the HTTP gateway
#   tools           the command line: topics, catalog
#
# The jars are taken from */target/image and cli/target, where `mvn package` puts them. Where they are not there, they are
# built in here from the sources, which takes some minutes and needs Maven Central.

# ---------------------------------------------------------------------------------------------------------------- jars
FROM eclipse-temurin:17-jre AS jars
COPY . /src
WORKDIR /src
# Small images have no directory of manual pages, without which Maven's package fails; their JAVA_HOME has no compiler.
RUN if [ ! -d usage-streams/target/image ] || [ ! -d ingest-producer/gateway/target/image ] \
        || [ ! -f cli/target/driftless-cli.jar ]; then \
        mkdir -p /usr/share/man/man1 \
        && apt-get update \
        && apt-get install --yes --no-install-recommends maven openjdk-17-jdk-headless \
        && export JAVA_HOME="$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")" \
        && mvn --batch-mode --no-transfer-progress -Dmaven.test.skip=true -Dspotless.check.skip=true package; \
    fi
RUN mkdir -p /image/native /gateway /tools \
    && cp -p -r ingest-producer/gateway/target/image/lib ingest-producer/gateway/target/image/app /gateway/ \
    && cp -p -r usage-streams/target/image/lib usage-streams/target/image/app /image/ \
    && case "$(uname -m)" in \
        x86_64) cp -p usage-streams/target/image/native/librocksdbjni-linux64.so /image/native/ ;; \
        aarch64) cp -p usage-streams/target/image/native/librocksdbjni-linux-aarch64.so /image/native/ ;; \
        *) echo "no RocksDB for $(uname -m) is packed" >&2; exit 1 ;; \
    esac \
    && cp -p cli/target/driftless-cli.jar /tools/ \
    && for jar in cli/target/lib/*.jar; do \
        name=${jar##*/}; \
        case "$name" in rocksdbjni-*) continue ;; esac; \
        [ -f "/image/lib/$name" ] || [ -f "/image/app/$name" ] || cp -p "$jar" /tools/; \
    done

# ------------------------------------------------------------------------------------------------------------- runtime
FROM eclipse-temurin:17-jre AS runtime

# A numeric user, so that Kubernetes can see that it is not root.
RUN groupadd --gid 10001 driftless \
    && useradd --uid 10001 --gid 10001 --home-dir /var/lib/driftless --no-create-home --shell /usr/sbin/nologin driftless \
    && install --directory --owner 10001 --group 10001 /var/lib/driftless
USER 10001:10001
WORKDIR /var/lib/driftless
VOLUME /var/lib/driftless
STOPSIGNAL SIGTERM
# JAVA_OPTS are more options of the JVM.
ENV DRIFTLESS_LOG_FORMAT=json \
    JAVA_OPTS=""

# ------------------------------------------------------------------------------------------------------- usage-streams
FROM runtime AS usage-streams
USER root

# Least changed first: a new version of Driftless is a layer of about one megabyte.
COPY --from=jars /image/native /opt/driftless/native
COPY --from=jars /image/lib /opt/driftless/lib
COPY docker/usage-streams docker/probe /opt/driftless/bin/
COPY --from=jars /image/app /opt/driftless/app

# Classes are read from this archive, which spares their parsing at each start.
RUN DRIFTLESS_STATE_DIR=/tmp/training/state /opt/driftless/bin/usage-streams train && rm -rf /tmp/training

USER 10001:10001
ENV DRIFTLESS_STATE_DIR=/var/lib/driftless/state \
    DRIFTLESS_OPS_HOST=0.0.0.0 \
    DRIFTLESS_OPS_PORT=8090
EXPOSE 8090
# Alive, not ready: to restore state may take long, and a restart would only begin it anew.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 CMD ["/opt/driftless/bin/probe", "/livez"]
ENTRYPOINT ["/opt/driftless/bin/usage-streams"]

# ------------------------------------------------------------------------------------------------------------- gateway
FROM runtime AS gateway
USER root
COPY --from=jars /gateway/lib /opt/driftless/lib
COPY docker/gateway docker/probe /opt/driftless/bin/
COPY --from=jars /gateway/app /opt/driftless/app
RUN DRIFTLESS_TMP=/tmp/training /opt/driftless/bin/gateway train && rm -rf /tmp/training

USER 10001:10001
# Any address but a loopback one needs API keys: give DRIFTLESS_API_KEYS.
ENV DRIFTLESS_HTTP_HOST=0.0.0.0 \
    DRIFTLESS_HTTP_PORT=8080 \
    DRIFTLESS_OPS_HOST=0.0.0.0 \
    DRIFTLESS_OPS_PORT=8091
EXPOSE 8080 8091
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 CMD ["/opt/driftless/bin/probe", "/livez"]
ENTRYPOINT ["/opt/driftless/bin/gateway"]

# --------------------------------------------------------------------------------------------------------------- tools
FROM usage-streams AS tools
USER root
COPY docker/driftless /opt/driftless/bin/
COPY --from=jars /tools /opt/driftless/tools
USER 10001:10001
HEALTHCHECK NONE
ENTRYPOINT ["/opt/driftless/bin/driftless"]
