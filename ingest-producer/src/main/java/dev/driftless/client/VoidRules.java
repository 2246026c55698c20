package dev.driftless.client;

import dev.driftless.schemas.UsageKind;
import dev.driftless.schemas.rules.FieldRules;
import dev.driftless.schemas.rules.Violation;
import java.util.Optional;

/** What a void must be like beside what every event must be like. */
final class VoidRules {
    private VoidRules() {}

    static Optional<Violation> violation(final String voidedKey, final String ownKey) {
        return FieldRules.voidedKey(UsageKind.VOID, voidedKey)
                .or(() -> voidedKey.equals(ownKey)
                        ? Optional.of(new Violation(
                                "voidedKey", Violation.shown(voidedKey), "not be the void's own idempotencyKey"))
                        : Optional.empty());
    }
}
