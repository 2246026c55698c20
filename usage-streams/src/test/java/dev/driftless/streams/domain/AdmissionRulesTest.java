package dev.driftless.streams.domain;

import static dev.driftless.streams.domain.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.driftless.schemas.RejectionReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AdmissionRulesTest {
    private static final Duration AGE = Duration.ofDays(2);
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final AdmissionRules RULES = new AdmissionRules(new AdmissionWindow(AGE.plus(SKEW), AGE, SKEW));

    @Test
    void shouldAdmitWhatLiesBetweenTheBoundsOrOnThem() {
        assertThat(judge(NOON)).isEmpty();
        assertThat(judge(NOON.minus(AGE))).isEmpty();
        assertThat(judge(NOON.plus(SKEW))).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsAMillisecondTooOld() {
        assertThat(judge(NOON.minus(AGE).minusMillis(1)))
                .contains(new Refusal(
                        RejectionReason.TOO_OLD,
                        "occurredAt '2026-03-08T11:59:59.999Z' must be at most PT48H before the event's arrival"
                                + " at '2026-03-10T12:00:00Z'"));
    }

    @Test
    void shouldRefuseWhatIsAMillisecondTooFarAhead() {
        assertThat(judge(NOON.plus(SKEW).plusMillis(1)))
                .contains(new Refusal(
                        RejectionReason.IN_FUTURE,
                        "occurredAt '2026-03-10T12:05:00.001Z' must be at most PT5M after the event's arrival"
                                + " at '2026-03-10T12:00:00Z'"));
    }

    @Test
    void shouldJudgeTheEndsOfAdmissibleTime() {
        assertThat(judge(Instant.EPOCH).map(Refusal::reason)).contains(RejectionReason.TOO_OLD);
        assertThat(judge(Instant.parse("9998-12-31T23:59:59.999Z")).map(Refusal::reason))
                .contains(RejectionReason.IN_FUTURE);
        assertThat(RULES.judge(Examples.event("1", Instant.EPOCH), Instant.EPOCH))
                .isEmpty();
    }

    /** The argument of {@link AdmissionWindow}, on random windows, arrivals and retries near each bound. */
    @Test
    void shouldRefuseEachRetryOfAnAdmittedEventThatComesAfterItsMarkHasExpired() {
        final SplittableRandom random = new SplittableRandom(20_260_310);
        int expired = 0;
        for (int i = 0; i < 200_000; i++) {
            final long age = random.nextLong(1, 1_000);
            final long skew = random.nextLong(0, 50);
            final long window = age + skew + random.nextLong(0, 3);
            final AdmissionRules rules = new AdmissionRules(
                    new AdmissionWindow(Duration.ofMillis(window), Duration.ofMillis(age), Duration.ofMillis(skew)));
            final Event event = Examples.event("1", NOON.plusMillis(random.nextLong(-age - 2, skew + 3)));
            final long retryAfter = window + random.nextLong(-2, 3);
            if (rules.judge(event, NOON).isEmpty() && retryAfter > window) {
                expired++;
                final Optional<Refusal> refusal = rules.judge(event, NOON.plusMillis(retryAfter));
                if (refusal.isEmpty() || refusal.get().reason() != RejectionReason.TOO_OLD) {
                    fail("a retry %d ms after %s with %s escapes", retryAfter, event.occurredAt(), refusal);
                }
            }
        }
        assertThat(expired).isGreaterThan(50_000);
    }

    private static Optional<Refusal> judge(final Instant occurredAt) {
        return RULES.judge(Examples.event("1", occurredAt), NOON);
    }
}
