package dev.driftless.gateway.http;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftless.gateway.event.ErrorCode;
import dev.driftless.gateway.event.EventReader;
import dev.driftless.gateway.event.Json;
import dev.driftless.gateway.event.MalformedJsonException;
import dev.driftless.gateway.event.Reading;
import dev.driftless.gateway.event.Refusal;
import dev.driftless.gateway.intake.Intake;
import dev.driftless.gateway.intake.Outcome;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One body of newline-delimited JSON, an event a line, taken as it comes in and however long it is. Each line is answered
 * with a line once it is known what became of it, in no particular order, and a last line says how many there were of
 * each kind: without it the answer is not complete. The sender is slowed down to what the brokers take and to what it
 * reads of the answer. On the request's own thread.
 */
final class NdjsonSession {
    static final String TYPE = "application/x-ndjson";
    private static final Logger LOG = LoggerFactory.getLogger(NdjsonSession.class);
    private static final int LONGEST_LINE = 262_144;
    private static final int MOST_IN_FLIGHT = 500;
    private static final int MOST_UNSENT = 500;
    private static final long PAUSE_MILLIS = 20;

    private final HttpServerRequest request;
    private final EventReader reader;
    private final Intake intake;
    private final BooleanSupplier stopping;
    private final Consumer<List<Outcome>> listener;
    private final Caller caller;
    private final Duration lineTime;
    private final Context context;
    private final Vertx vertx;
    private final ChunkDecoder decoder;
    private final LineSplitter lines = new LineSplitter(LONGEST_LINE);
    private final Tally tally = new Tally();
    private Optional<LineSplitter.Line> waiting = Optional.empty();
    private Optional<Refusal> broken = Optional.empty();
    private boolean noPlace;
    private int unsent;
    private int begunBefore;
    private boolean nothingLeft;
    private boolean ended;
    private boolean finished;
    private boolean done;

    NdjsonSession(
            final HttpServerRequest request,
            final EventReader reader,
            final Intake intake,
            final BooleanSupplier stopping,
            final Consumer<List<Outcome>> listener,
            final Caller caller,
            final Duration lineTime,
            final Vertx vertx) {
        this.request = request;
        this.reader = reader;
        this.intake = intake;
        this.stopping = stopping;
        this.listener = listener;
        this.caller = caller;
        this.lineTime = lineTime;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.decoder = ChunkDecoder.of(request.getHeader(HttpHeaders.CONTENT_ENCODING));
    }

    /** Starts to read; at the end of the request nobody is left to be told. */
    void start(final RequestEnd end) {
        final HttpServerResponse response = request.response();
        response.setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, TYPE);
        final long watch = vertx.setPeriodic(lineTime.toMillis(), due -> cutIfNothingCame());
        end.then(() -> vertx.cancelTimer(watch));
        end.then(this::gone);
        request.exceptionHandler(failure -> gone());
        request.endHandler(all -> {
            ended = true;
            pump();
        });
        request.handler(chunk -> {
            decoder.feed(chunk.getBytes());
            pump();
        });
    }

    /** A line a while is the least; whoever is slowed down by this side has all lines answered or one that waits. */
    private void cutIfNothingCame() {
        if (tally.begun == begunBefore && tally.unanswered() == 0 && waiting.isEmpty() && !ended) {
            broken = Optional.of(Refusal.of(
                    ErrorCode.REQUEST_TIMEOUT, "no whole line came in " + lineTime.toSeconds() + " seconds"));
            pump();
        }
        begunBefore = tally.begun;
    }

    /** Does what can be done now; called again whenever something has changed. */
    private void pump() {
        try {
            if (!done) {
                goOn();
            }
        } catch (final RuntimeException e) {
            fail(e);
        }
    }

    private void fail(final Throwable failure) {
        LOG.error("{} failed", request.path(), failure);
        gone();
        Replies.cut(request);
    }

    private void goOn() {
        boolean more = true;
        while (more && mayGoOn()) {
            more = takeNext();
        }
        nothingLeft = !more;
        endIfAllIsSaid();
        if (!done && !ended) {
            letFlow();
        }
    }

    /** Last, because what is let flow comes in at once, in a call of its own. */
    private void letFlow() {
        if (nothingLeft) {
            request.resume();
        } else {
            request.pause();
        }
    }

    private boolean mayGoOn() {
        return tally.unanswered() < MOST_IN_FLIGHT
                && !noPlace
                && unsent < MOST_UNSENT
                && broken.isEmpty()
                && !stopping.getAsBoolean();
    }

    /** Takes one line; false if there is none for now. */
    private boolean takeNext() {
        final Optional<LineSplitter.Line> line = nextLine();
        line.ifPresent(this::take);
        return line.isPresent();
    }

    private Optional<LineSplitter.Line> nextLine() {
        if (waiting.isPresent()) {
            return waiting;
        }
        try {
            while (lines.isEmpty()) {
                final Optional<byte[]> bytes = decoder.next();
                if (bytes.isEmpty()) {
                    break;
                }
                lines.add(bytes.get());
            }
            if (ended && lines.isEmpty() && !finished) {
                finished = true;
                decoder.finish();
                lines.finish();
            }
        } catch (final RefusedException e) {
            broken = Optional.of(e.refusal());
            return Optional.empty();
        }
        return lines.next();
    }

    private void take(final LineSplitter.Line line) {
        final Optional<CompletableFuture<List<Outcome>>> taken = takeIfWelcome(line);
        waiting = taken.isPresent() ? Optional.empty() : Optional.of(line);
        if (taken.isEmpty()) {
            noPlace = true;
            vertx.setTimer(PAUSE_MILLIS, later -> {
                noPlace = false;
                pump();
            });
            return;
        }
        tally.begun++;
        final CompletableFuture<?> unused = taken.get()
                .whenComplete((outcomes, failure) -> context.runOnContext(told -> answer(line, outcomes, failure)));
    }

    private Optional<CompletableFuture<List<Outcome>>> takeIfWelcome(final LineSplitter.Line line) {
        if (caller.take(1).isPresent()) {
            return Optional.empty();
        }
        final Optional<CompletableFuture<List<Outcome>>> taken = intake.take(List.of(caller.restrict(read(line))));
        if (taken.isEmpty()) {
            caller.giveBack(1);
        }
        return taken;
    }

    private Reading read(final LineSplitter.Line line) {
        try {
            return line.text()
                    .map(text -> reader.read(Json.read(text), Optional.empty()))
                    .orElseGet(() -> refused("a line must have at most " + LONGEST_LINE + " bytes"));
        } catch (final MalformedJsonException e) {
            return refused("the line is not JSON: " + e.getMessage());
        }
    }

    private static Reading refused(final String message) {
        return new Reading.Refused(Refusal.of(ErrorCode.VALIDATION_ERROR, message), NullNode.getInstance());
    }

    private void answer(final LineSplitter.Line line, final List<Outcome> outcomes, final Throwable failure) {
        if (done) {
            return;
        }
        if (failure != null) {
            fail(failure);
            return;
        }
        listener.accept(outcomes);
        tally.add(outcomes.get(0));
        write(Json.object().put("line", line.number()).setAll(Problems.result(outcomes.get(0))));
        pump();
    }

    private void endIfAllIsSaid() {
        final boolean cut = broken.isPresent() || stopping.getAsBoolean();
        if (tally.unanswered() == 0 && (cut || (ended && nothingLeft))) {
            done = true;
            final ObjectNode last = tally.toJson().put("complete", !cut);
            if (cut) {
                last.put(
                        "message",
                        broken.map(Refusal::message)
                                .orElse("the gateway is stopping; send the lines that are not answered again"));
            }
            write(last);
            request.response().end().onComplete(sent -> closeIf(cut));
        }
    }

    /** What is still coming in is not read. */
    private void closeIf(final boolean cut) {
        if (cut) {
            Replies.cut(request);
        }
    }

    private void write(final ObjectNode line) {
        unsent++;
        request.response()
                .write(Buffer.buffer(Json.write(line)).appendByte((byte) '\n'))
                .onComplete(written -> sent());
    }

    /** Goes on in a call of its own: this one comes out of the middle of a write. */
    private void sent() {
        unsent--;
        if (unsent == MOST_UNSENT - 1) {
            context.runOnContext(later -> pump());
        }
    }

    /** The connection is lost: what is on its way goes on, and nobody is told. */
    private void gone() {
        done = true;
        decoder.close();
    }

    /** How many lines became what. */
    private static final class Tally {
        private int begun;
        private int accepted;
        private int refused;
        private int unconfirmed;

        void add(final Outcome outcome) {
            if (outcome instanceof Outcome.Held) {
                accepted++;
            } else if (outcome instanceof Outcome.Refused) {
                refused++;
            } else {
                unconfirmed++;
            }
        }

        int unanswered() {
            return begun - accepted - refused - unconfirmed;
        }

        ObjectNode toJson() {
            return Json.object()
                    .put("accepted", accepted)
                    .put("refused", refused)
                    .put("unconfirmed", unconfirmed);
        }
    }
}
