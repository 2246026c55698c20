package dev.driftless.cli.topics;

import dev.driftless.cli.ExitCodes;
import dev.driftless.streams.provisioning.ProvisioningReport;
import dev.driftless.streams.provisioning.TopicProvisioner.Existing;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Topics and schemas. */
@Command(name = "topics", description = "Topics and schemas: create what is missing, or check what is there.")
public final class TopicsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: apply or check");
    }

    @Command(
            name = "apply",
            description = "Creates the topics and registers the schemas that are missing, and reports how what exists"
                    + " differs from what the promises need. Safe to repeat. Fails if a promise is broken.")
    int apply(
            @Option(
                            names = "--fix",
                            description = "Also change settings of existing topics; never their partitions, which"
                                    + " would move customers.")
                    final boolean fix,
            @Mixin final TopicsOptions options) {
        return report(new Provisioning(options.config()).apply(fix ? Existing.FIX : Existing.KEEP));
    }

    @Command(
            name = "check",
            description = "Reports how topics and schemas differ from what the promises need, and changes nothing."
                    + " Fails if a promise is broken.")
    int check(@Mixin final TopicsOptions options) {
        return report(new Provisioning(options.config()).check());
    }

    private int report(final ProvisioningReport report) {
        final PrintWriter out = spec.commandLine().getOut();
        report.done().forEach(out::println);
        out.println(report.drift().text());
        return report.drift().breaksPromises() ? ExitCodes.FAILED : ExitCodes.OK;
    }
}
