package dev.driftless.cli.containers;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.model.ExposedPort;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import org.testcontainers.containers.GenericContainer;

/** One container that is stopped and started in mid-run. Its published port is another one after each start. */
public final class Instance {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PATIENCE_MILLIS = 2_000;
    private static final int OPS_PORT = 8090;
    private static final int STOP_SECONDS = 30;

    private final GenericContainer<?> container;
    private final DockerClient docker;

    Instance(final GenericContainer<?> container) {
        this.container = container;
        this.docker = container.getDockerClient();
    }

    /** Base address of its HTTP endpoints, from this machine. */
    public URI ops() {
        final String port = inspect()
                .getNetworkSettings()
                .getPorts()
                .getBindings()
                .get(new ExposedPort(OPS_PORT))[0]
                .getHostPortSpec();
        return URI.create("http://" + container.getHost() + ":" + port);
    }

    /** Ends it at once and without notice. */
    public void kill() {
        docker.killContainerCmd(container.getContainerId()).exec();
    }

    /** Tells it to stop, waits, and gives its exit code. */
    public long stop() {
        docker.stopContainerCmd(container.getContainerId())
                .withTimeout(STOP_SECONDS)
                .exec();
        return state().getExitCodeLong();
    }

    public void start() {
        docker.startContainerCmd(container.getContainerId()).exec();
    }

    public void awaitReady() {
        await("ready").atMost(PATIENCE).until(this::isReady);
    }

    public boolean isReady() {
        try {
            final HttpURLConnection request =
                    (HttpURLConnection) ops().resolve("/readyz").toURL().openConnection();
            request.setConnectTimeout(PATIENCE_MILLIS);
            request.setReadTimeout(PATIENCE_MILLIS);
            return request.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (final IOException e) {
            return false;
        }
    }

    public ContainerState state() {
        return inspect().getState();
    }

    private InspectContainerResponse inspect() {
        return docker.inspectContainerCmd(container.getContainerId()).exec();
    }
}
