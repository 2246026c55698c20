package dev.driftless.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version as the build wrote it into the jar. */
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        final String version = Optional.ofNullable(getClass().getPackage().getImplementationVersion())
                .orElse("development");
        return new String[] {"driftless " + version};
    }
}
