package dev.driftless.cli.topics;

import dev.driftless.cli.CliException;
import dev.driftless.cli.ExitCodes;
import dev.driftless.streams.app.SettingsOptions;
import dev.driftless.streams.app.config.AppConfig;
import dev.driftless.streams.app.config.ConfigException;
import dev.driftless.streams.provisioning.ProvisioningReport;
import dev.driftless.streams.provisioning.TopicProvisioner.Existing;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Topics and schemas: creates them, and tells how they differ from what the promises need. */
@Command(name = "topics", description = "Creates topics and registers schemas, or checks them.")
public final class TopicsCommand implements Callable<Integer> {
    private static final String FIX = "--fix";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing command: apply or check");
    }

    /** The command with its own commands, whose options are the application's settings. */
    public static CommandLine create() {
        final CommandSpec apply = action(
                "apply",
                "Creates the topics that are missing and registers the schemas. Safe to repeat. What exists is not"
                        + " changed without " + FIX + ", and partitions never are.",
                TopicsCommand::apply);
        apply.addOption(OptionSpec.builder(FIX)
                .description("Also set the settings of existing topics as they must be.")
                .build());
        final CommandSpec check = action(
                "check",
                "Compares topics and schemas with what the promises need, and changes nothing. Exit code 1 if one is"
                        + " broken.",
                TopicsCommand::check);
        return new CommandLine(new TopicsCommand())
                .addSubcommand("apply", apply)
                .addSubcommand("check", check);
    }

    private static CommandSpec action(final String name, final String description, final Action action) {
        final CommandSpec[] self = new CommandSpec[1];
        final CommandSpec command =
                CommandSpec.wrapWithoutInspection((Callable<Integer>) () -> action.run(self[0].commandLine()));
        self[0] = command;
        command.name(name).usageMessage().description(description).sortOptions(false);
        SettingsOptions.addTo(command);
        return command;
    }

    private static int apply(final CommandLine command) {
        final Existing existing = command.getParseResult().hasMatchedOption(FIX) ? Existing.FIX : Existing.KEEP;
        final ProvisioningReport report =
                Provisioning.run(configuration(command), provisioner -> provisioner.apply(existing));
        return print(command.getOut(), report);
    }

    private static int check(final CommandLine command) {
        return print(command.getOut(), Provisioning.run(configuration(command), provisioner -> provisioner.check()));
    }

    private static AppConfig configuration(final CommandLine command) {
        try {
            return AppConfig.from(SettingsOptions.sources(command.getParseResult(), System.getenv()));
        } catch (final ConfigException wrong) {
            throw new CliException(wrong.getMessage(), wrong);
        }
    }

    private static int print(final PrintWriter out, final ProvisioningReport report) {
        report.done().forEach(out::println);
        out.println(report.drift().text());
        return report.drift().breaksPromises() ? ExitCodes.FAILED : ExitCodes.OK;
    }

    @FunctionalInterface
    private interface Action {
        int run(CommandLine command);
    }
}
