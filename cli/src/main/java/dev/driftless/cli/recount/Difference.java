package dev.driftless.cli.recount;

import dev.driftless.cli.recount.Finding.Amount;
import java.math.BigInteger;
import java.util.Optional;

/** An aggregate of which what should be billed is not what is. */
record Difference(
        AggregateName name, Optional<ExpectedAggregate> should, Optional<BilledAggregate> billed, String fields) {
    /** By how much the billed digest is too large. */
    BigInteger delta() {
        return billed.map(BilledAggregate::digest)
                .orElse(BigInteger.ZERO)
                .subtract(should.map(ExpectedAggregate::digest).orElse(BigInteger.ZERO))
                .mod(BigInteger.ONE.shiftLeft(256));
    }

    boolean isSameSet() {
        return delta().signum() == 0;
    }

    boolean isSameTotal() {
        return should.isPresent()
                && billed.isPresent()
                && should.get().quantity().compareTo(billed.get().quantity()) == 0
                && should.get().events() == billed.get().events();
    }

    Optional<Amount> shouldBe() {
        return should.map(aggregate -> new Amount(aggregate.quantity(), aggregate.events()));
    }

    Optional<Amount> is() {
        return billed.map(aggregate -> new Amount(aggregate.quantity(), aggregate.events()));
    }
}
