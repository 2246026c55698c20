package dev.driftless.gateway.http;

import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;

/** What is to be done once a request is over: answered, or its connection lost. On the request's own thread. */
final class RequestEnd {
    private final List<Runnable> actions = new ArrayList<>();
    private boolean isOver;

    private RequestEnd() {}

    static RequestEnd of(final HttpServerResponse response) {
        final RequestEnd end = new RequestEnd();
        response.endHandler(ended -> end.run());
        response.closeHandler(closed -> end.run());
        return end;
    }

    /** Does it at the end, or now if that was before. */
    void then(final Runnable action) {
        if (isOver) {
            action.run();
        } else {
            actions.add(action);
        }
    }

    private void run() {
        isOver = true;
        final List<Runnable> due = List.copyOf(actions);
        actions.clear();
        due.forEach(Runnable::run);
    }
}
