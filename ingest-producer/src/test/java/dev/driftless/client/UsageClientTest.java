package dev.driftless.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UsageClientTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration NONE = Duration.ZERO;

    private final MockProducer<byte[], byte[]> brokers =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private UsageClient client = client(100, WhenFull.block(LONG));

    @AfterEach
    void closeTheClient() {
        client.close(NONE);
    }

    @Test
    void shouldCompleteOnlyOnceTheBrokersHoldTheEvent() {
        final CompletableFuture<Receipt> result = client.track(usage("k"));
        assertThat(result).isNotDone();

        brokers.completeNext();

        assertThat(result.join()).isEqualTo(new Receipt("k", 0, OptionalLong.of(0)));
    }

    @Test
    void shouldReturnTheGeneratedKeyInTheReceipt() {
        final Usage usage =
                Usage.builder().customer("acme").feature("api_calls").build();
        final CompletableFuture<Receipt> result = client.track(usage);
        brokers.completeNext();

        assertThat(result.join().idempotencyKey()).isEqualTo(usage.idempotencyKey());
    }

    @Test
    void shouldLeavePlacementToTheKeyAndTimeToTheBroker() {
        final CompletableFuture<Receipt> result = client.track(
                Usage.builder().customer("\uD83D\uDE80").feature("api_calls").build());

        final ProducerRecord<byte[], byte[]> record = brokers.history().get(0);
        assertThat(record.topic()).isEqualTo("usage-events");
        assertThat(record.key()).isEqualTo("\uD83D\uDE80".getBytes(UTF_8)).hasSize(4);
        assertThat(record.partition()).isNull();
        assertThat(record.timestamp()).isNull();
        assertThat(record.headers()).isEmpty();
        assertThat(result).isNotDone();
    }

    @Test
    void shouldSendTheSameBytesWhenTheSameEventIsSentAgain() {
        final Usage usage = Usage.builder()
                .customer("acme")
                .feature("api_calls")
                .property("b", "1")
                .property("a", "2")
                .build();

        settle(client.trackBatch(List.of(usage, usage)));

        assertThat(brokers.history().get(0).value())
                .isEqualTo(brokers.history().get(1).value());
        assertThat(brokers.history().get(0).key())
                .isEqualTo(brokers.history().get(1).key());
    }

    @Test
    void shouldFailTheEventThatTheBrokersDidNotConfirmAndNoOther() {
        final Usage unconfirmed = usage("1");
        final CompletableFuture<Receipt> first = client.track(unconfirmed);
        final CompletableFuture<Receipt> second = client.track(usage("2"));

        brokers.errorNext(new NotEnoughReplicasException("one left"));
        brokers.completeNext();

        final DeliveryFailedException failure = failure(DeliveryFailedException.class, first);
        assertThat(failure.usage()).isSameAs(unconfirmed);
        assertThat(failure)
                .hasCauseInstanceOf(NotEnoughReplicasException.class)
                .hasMessageContaining("'1'")
                .hasMessageContaining("one left");
        assertThat(second.join().idempotencyKey()).isEqualTo("2");
    }

    @Test
    void shouldTellEachCauseByItsType() {
        final CompletableFuture<Receipt> tooLarge = client.track(usage("1"));
        final CompletableFuture<Receipt> noMemory = client.track(usage("2"));
        final CompletableFuture<Receipt> late = client.track(usage("3"));
        brokers.errorNext(new RecordTooLargeException("1048577 bytes"));
        brokers.errorNext(new BufferExhaustedException("32 MiB"));
        brokers.errorNext(new TimeoutException("120000 ms"));

        assertThat(failure(UsageTooLargeException.class, tooLarge)).hasMessageContaining("1048577 bytes");
        assertThat(failure(BufferFullException.class, noMemory)).hasMessageContaining("32 MiB");
        assertThat(failure(DeliveryFailedException.class, late)).hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void shouldFailTheFutureWhenTheProducerThrows() {
        brokers.sendException = new KafkaException("fenced");

        final CompletableFuture<Receipt> result = client.track(usage("1"));

        assertThat(failure(DeliveryFailedException.class, result)).hasMessageContaining("fenced");
        assertThat(client.metrics()).isEqualTo(new UsageClientMetrics(1, 0, 1, 0, 0));
    }

    @Test
    void shouldReportAnInterruptInsideOfTheProducerAndKeepItSet() {
        brokers.sendException = new InterruptException("waiting for memory");

        final CompletableFuture<Receipt> result = client.track(usage("1"));

        assertThat(Thread.interrupted()).isTrue();
        failure(TrackInterruptedException.class, result);
    }

    @Test
    void shouldFailAtOnceWhenItIsFullAndToldTo() {
        client = client(2, WhenFull.fail());
        final CompletableFuture<Receipt> first = client.track(usage("1"));
        final CompletableFuture<Receipt> second = client.track(usage("2"));

        final CompletableFuture<Receipt> third = client.track(usage("3"));

        assertThat(third).isCompletedExceptionally();
        assertThat(failure(BufferFullException.class, third))
                .hasMessageContaining("2 events are on their way, as many as maxInFlight allows");
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        assertThat(brokers.history()).hasSize(2);
    }

    @Test
    void shouldTakeEventsAgainOnceThereIsAPlace() throws Exception {
        client = client(1, WhenFull.block(LONG));
        final CompletableFuture<Receipt> first = client.track(usage("1"));
        final AtomicReference<CompletableFuture<Receipt>> second = new AtomicReference<>();
        final Thread waiting = waitingIn(() -> second.set(client.track(usage("2"))));
        assertThat(brokers.history()).hasSize(1);

        brokers.completeNext();
        waiting.join();

        assertThat(first.join().idempotencyKey()).isEqualTo("1");
        brokers.completeNext();
        assertThat(second.get().join().idempotencyKey()).isEqualTo("2");
    }

    @Test
    void shouldFailWhenNoPlaceGetsFreeByTheDeadline() {
        client = client(1, WhenFull.block(SHORT));
        final CompletableFuture<Receipt> first = client.track(usage("1"));
        final long start = System.nanoTime();

        final CompletableFuture<Receipt> second = client.track(usage("2"));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT);
        failure(BufferFullException.class, second);
        assertThat(first).isNotDone();
    }

    @Test
    void shouldWaitOnceForAWholeBatchNotForEachEventOfIt() {
        client = client(1, WhenFull.block(SHORT));
        final long start = System.nanoTime();

        final List<CompletableFuture<Receipt>> results = client.trackBatch(
                IntStream.range(0, 500).mapToObj(number -> usage("k" + number)).toList());

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.multipliedBy(100));
        assertThat(results.get(0)).isNotDone();
        assertThat(results.subList(1, 500)).allMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void shouldReportAnInterruptWhileItWaitsForAPlaceAndKeepItSet() throws Exception {
        client = client(1, WhenFull.block(LONG));
        final CompletableFuture<Receipt> first = client.track(usage("1"));
        final AtomicReference<CompletableFuture<Receipt>> second = new AtomicReference<>();
        final AtomicReference<Boolean> interrupted = new AtomicReference<>();
        final Thread waiting = waitingIn(() -> {
            second.set(client.track(usage("2")));
            interrupted.set(Thread.currentThread().isInterrupted());
        });

        waiting.interrupt();
        waiting.join();

        failure(TrackInterruptedException.class, second.get());
        assertThat(interrupted).hasValue(true);
        assertThat(first).isNotDone();
        assertThat(brokers.history()).hasSize(1);
    }

    @Test
    void shouldRunWhatDependsOnAResultOnAThreadOfItsOwn() {
        final CompletableFuture<Thread> told = client.track(usage("1")).thenApply(receipt -> Thread.currentThread());

        brokers.completeNext();

        assertThat(told.join()).isNotSameAs(Thread.currentThread());
        assertThat(told.join().isDaemon()).isTrue();
    }

    @Test
    void shouldGoOnDeliveringWhileSomethingThatDependsOnAResultTakesItsTime() {
        final CountDownLatch release = new CountDownLatch(1);
        final CompletableFuture<Void> slow =
                client.track(usage("1")).thenAccept(receipt -> awaitUninterrupted(release));
        final CompletableFuture<Receipt> next = client.track(usage("2"));

        brokers.completeNext();
        brokers.completeNext();

        assertThat(client.metrics().acknowledged()).isEqualTo(2);
        release.countDown();
        slow.join();
        assertThat(next.join().idempotencyKey()).isEqualTo("2");
    }

    @Test
    void shouldHoldThePlacesOfEventsWhoseSendersAreNotToldYet() {
        client = client(2, WhenFull.fail());
        final CountDownLatch release = new CountDownLatch(1);
        final CountDownLatch running = new CountDownLatch(1);
        final CompletableFuture<Void> slow = client.track(usage("1")).thenAccept(receipt -> {
            running.countDown();
            awaitUninterrupted(release);
        });
        final CompletableFuture<Receipt> untold = client.track(usage("2"));
        brokers.completeNext();
        brokers.completeNext();
        awaitUninterrupted(running);

        final CompletableFuture<Receipt> third = client.track(usage("3"));
        final CompletableFuture<Receipt> fourth = client.track(usage("4"));

        assertThat(third).isNotDone();
        failure(BufferFullException.class, fourth);
        release.countDown();
        slow.join();
        assertThat(untold.join().idempotencyKey()).isEqualTo("2");
    }

    @Test
    void shouldSendAgainFromWhatDependsOnAFailureWithoutWaitingForItself() {
        client = client(1, WhenFull.block(LONG));
        final Usage usage = usage("1");
        final CompletableFuture<Receipt> result =
                client.track(usage).exceptionallyCompose(failure -> client.track(usage));

        brokers.errorNext(new TimeoutException("first try"));
        await().until(() -> brokers.history().size() == 2);
        brokers.completeNext();

        assertThat(result.join().idempotencyKey()).isEqualTo("1");
        assertThat(brokers.history().get(0).value())
                .isEqualTo(brokers.history().get(1).value());
    }

    @Test
    void shouldKeepItsAccountsWhateverIsDoneToAFuture() {
        client = client(1, WhenFull.block(LONG));
        final CompletableFuture<Receipt> result = client.track(usage("1"));
        assertThat(result.cancel(true)).isTrue();
        assertThat(client.metrics().inFlight()).isEqualTo(1);

        brokers.completeNext();
        final CompletableFuture<Receipt> next = client.track(usage("2"));
        brokers.completeNext();

        assertThat(next.join().idempotencyKey()).isEqualTo("2");
        assertThat(client.metrics()).isEqualTo(new UsageClientMetrics(2, 2, 0, 0, 0));
    }

    @Test
    void shouldGiveEachEventOfABatchItsOwnResultAtItsIndex() {
        final List<CompletableFuture<Receipt>> results = client.trackBatch(List.of(usage("0"), usage("1"), usage("2")));

        brokers.completeNext();
        brokers.errorNext(new TimeoutException("late"));
        brokers.completeNext();

        assertThat(results.get(0).join().idempotencyKey()).isEqualTo("0");
        failure(DeliveryFailedException.class, results.get(1));
        assertThat(results.get(2).join().idempotencyKey()).isEqualTo("2");
    }

    @Test
    void shouldSendNothingOfABatchThatHasNoEventAtAnIndex() {
        assertThatNullPointerException()
                .isThrownBy(() -> client.trackBatch(Arrays.asList(usage("0"), null)))
                .withMessage("no event at index 1 of the batch");

        assertThat(brokers.history()).isEmpty();
        assertThat(client.trackBatch(List.of())).isEmpty();
    }

    @Test
    void shouldRefuseTheEventOfABatchThatConflictsWithAnEarlierOneAndNoOther() {
        final Usage first = usage("k");
        final Usage conflicting = builder("k").value(2).build();
        final Usage sameKeyOfAnotherCustomer =
                builder("k").customer("other").value(3).build();

        final List<CompletableFuture<Receipt>> results =
                client.trackBatch(List.of(first, conflicting, sameKeyOfAnotherCustomer));
        brokers.completeNext();
        brokers.completeNext();

        final ConflictingKeyException conflict = failure(ConflictingKeyException.class, results.get(1));
        assertThat(conflict).hasMessageContaining("index 0");
        assertThat(conflict.usage().value()).isEqualByComparingTo("2");
        assertThat(results.get(0).join().offset()).hasValue(0);
        assertThat(results.get(2).join().offset()).hasValue(1);
        assertThat(client.metrics()).isEqualTo(new UsageClientMetrics(2, 2, 0, 1, 0));
    }

    @Test
    void shouldAcknowledgeARetryWithinABatchEvenWhenItIsStampedAnew() {
        final Usage first = usage("k");
        final Usage again =
                builder("k").occurredAt(first.occurredAt().plusSeconds(1)).build();

        final List<CompletableFuture<Receipt>> results = client.trackBatch(List.of(first, again, first));
        settle(results);

        assertThat(results)
                .allSatisfy(result -> assertThat(result.join().idempotencyKey()).isEqualTo("k"));
    }

    @Test
    void shouldWaitInFlushUntilEverySenderIsTold() {
        final CompletableFuture<Receipt> result = client.track(usage("1"));
        final CompletableFuture<List<Usage>> flushed = CompletableFuture.supplyAsync(() -> client.flush(LONG));

        brokers.completeNext();

        assertThat(flushed.join()).isEmpty();
        assertThat(result).isCompleted();
    }

    @Test
    void shouldReportFromFlushWhatTheBrokersDidNotConfirmByTheDeadline() {
        final List<Usage> batch = List.of(usage("0"), usage("1"), usage("2"));
        final List<CompletableFuture<Receipt>> results = client.trackBatch(batch);
        brokers.completeNext();

        assertThat(client.flush(SHORT)).isEqualTo(batch.subList(1, 3));
        assertThat(results.get(2)).isNotDone();

        brokers.completeNext();
        brokers.completeNext();
        assertThat(client.flush(LONG)).isEmpty();
    }

    @Test
    void shouldReportFromFlushWhatFailedMeanwhile() throws Exception {
        final Usage usage = usage("1");
        final CompletableFuture<Receipt> result = client.track(usage);
        final AtomicReference<List<Usage>> report = new AtomicReference<>();
        final Thread flushing = waitingIn(() -> report.set(client.flush(LONG)));

        brokers.errorNext(new TimeoutException("late"));
        flushing.join();

        assertThat(report.get()).containsExactly(usage);
        assertThat(result).isCompletedExceptionally();
    }

    @Test
    void shouldEndAFlushThatIsInterruptedAndKeepTheInterruptSet() {
        final Usage usage = usage("1");
        final CompletableFuture<Receipt> result = client.track(usage);
        Thread.currentThread().interrupt();

        assertThat(client.flush(LONG)).containsExactly(usage);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result).isNotDone();
    }

    @Test
    void shouldReportFromCloseWhatTheBrokersDidNotConfirmAndFailItsFuture() {
        final List<Usage> batch = List.of(usage("0"), usage("1"), usage("2"));
        final List<CompletableFuture<Receipt>> results = client.trackBatch(batch);
        brokers.completeNext();

        assertThat(client.close(SHORT)).isEqualTo(batch.subList(1, 3));

        assertThat(results.get(0).join().idempotencyKey()).isEqualTo("0");
        failure(ClientClosedException.class, results.get(1));
        failure(ClientClosedException.class, results.get(2));
        assertThat(client.metrics()).isEqualTo(new UsageClientMetrics(3, 1, 2, 0, 0));
    }

    @Test
    void shouldThrowFromPlainCloseWhatWasNotDelivered() {
        final Usage usage = usage("1");
        final UsageClient closing = client(10, WhenFull.fail());
        final CompletableFuture<Receipt> result = closing.track(usage);

        final UndeliveredUsageException report = catchThrowableOfType(UndeliveredUsageException.class, closing::close);

        assertThat(report.undelivered()).containsExactly(usage);
        assertThat(report).hasMessageContaining("1 usage events").hasMessageContaining("'1'");
        failure(ClientClosedException.class, result);
    }

    @Test
    void shouldCloseQuietlyWhenEverythingIsDelivered() {
        settle(List.of(client.track(usage("1"))));

        client.close();
        client.close();

        assertThat(client.close(LONG)).isEmpty();
        assertThat(brokers.closed()).isTrue();
    }

    @Test
    void shouldReportOnlyFromTheFirstClose() {
        final Usage usage = usage("1");
        final CompletableFuture<Receipt> result = client.track(usage);

        assertThat(client.close(SHORT)).containsExactly(usage);
        assertThat(client.close(SHORT)).isEmpty();
        client.close();
        failure(ClientClosedException.class, result);
    }

    @Test
    void shouldRefuseEventsOnceItIsClosed() {
        client.close();

        final Usage usage = usage("1");
        final ClientClosedException refusal = failure(ClientClosedException.class, client.track(usage));

        assertThat(refusal.usage()).isSameAs(usage);
        assertThat(client.metrics()).isEqualTo(new UsageClientMetrics(0, 0, 0, 1, 0));
        assertThat(client.flush(LONG)).isEmpty();
    }

    @Test
    void shouldWakeASenderThatWaitsForAPlaceWhenItIsClosed() throws Exception {
        client = client(1, WhenFull.block(LONG));
        final CompletableFuture<Receipt> first = client.track(usage("1"));
        final AtomicReference<CompletableFuture<Receipt>> second = new AtomicReference<>();
        final Thread waiting = waitingIn(() -> second.set(client.track(usage("2"))));

        assertThat(client.close(SHORT)).extracting(Usage::idempotencyKey).containsExactly("1");

        waiting.join();
        failure(ClientClosedException.class, second.get());
        failure(ClientClosedException.class, first);
    }

    @Test
    void shouldEndACloseFromWhatDependsOnAResultWithoutWaitingForItself() {
        final CompletableFuture<List<Usage>> closed = client.track(usage("1")).thenApply(receipt -> client.close(LONG));

        brokers.completeNext();

        assertThat(closed.join()).isEmpty();
    }

    @Test
    void shouldNeverLoseAnEventOrAPlaceUnderManyThreads() {
        final MockProducer<byte[], byte[]> answering =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        final UsageClient busy = new UsageClient(config(7, WhenFull.block(LONG)), 1, answering);

        final List<CompletableFuture<Receipt>> results = IntStream.range(0, 20_000)
                .parallel()
                .mapToObj(number -> busy.track(usage("k" + number)))
                .toList();

        assertThat(busy.flush(LONG)).isEmpty();
        assertThat(results).allMatch(CompletableFuture::isDone).noneMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(answering.history()).hasSize(20_000);
        assertThat(busy.metrics()).isEqualTo(new UsageClientMetrics(20_000, 20_000, 0, 0, 0));
        busy.close();
    }

    private UsageClient client(final int maxInFlight, final WhenFull whenFull) {
        return new UsageClient(config(maxInFlight, whenFull), 1, brokers);
    }

    private static UsageClientConfig config(final int maxInFlight, final WhenFull whenFull) {
        return UsageClientConfig.builder()
                .bootstrapServers("localhost:9092")
                .schemaRegistryUrl("http://localhost:8081")
                .maxInFlight(maxInFlight)
                .whenFull(whenFull)
                .closeTimeout(SHORT)
                .build();
    }

    private static Usage usage(final String key) {
        return builder(key).build();
    }

    private static Usage.Builder builder(final String key) {
        return Usage.builder().customer("acme").feature("api_calls").idempotencyKey(key);
    }

    private void settle(final List<CompletableFuture<Receipt>> results) {
        results.forEach(result -> assertThat(brokers.completeNext()).isTrue());
        results.forEach(CompletableFuture::join);
    }

    private static <E extends UsageNotSentException> E failure(
            final Class<E> type, final CompletableFuture<Receipt> result) {
        final Throwable failure = catchThrowable(result::join);
        assertThat(failure).isInstanceOf(CompletionException.class).hasCauseInstanceOf(type);
        return type.cast(failure.getCause());
    }

    private static void awaitUninterrupted(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A thread that runs the task and has come to where it waits. */
    private static Thread waitingIn(final Runnable task) {
        final Thread thread = new Thread(task);
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }
}
