package dev.driftless.cli.file;

import dev.driftless.schemas.rules.Violation;
import java.time.Instant;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Instants on the command line. */
public final class InstantConverter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(final String text) {
        return Instants.parse(text)
                .orElseThrow(
                        () -> new TypeConversionException("'" + Violation.shown(text) + "' must " + Instants.RULE));
    }
}
