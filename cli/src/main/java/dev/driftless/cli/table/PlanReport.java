package dev.driftless.cli.table;

import static java.util.Objects.requireNonNull;

import dev.driftless.cli.CliException;
import dev.driftless.cli.ExitCodes;
import dev.driftless.cli.file.Problem;
import dev.driftless.schemas.rules.Violation;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Tells what became of a plan.
 *
 * @param out takes what was done
 * @param err takes warnings
 */
public record PlanReport(PrintWriter out, PrintWriter err) {
    public PlanReport {
        requireNonNull(out);
        requireNonNull(err);
    }

    /** To the command's own output. */
    public static PlanReport of(final CommandSpec command) {
        return new PlanReport(
                command.commandLine().getOut(), command.commandLine().getErr());
    }

    /**
     * Tells what became of a plan.
     *
     * @param refused what does not happen if it has problems, as a clause
     * @return the command's exit code
     * @throws CliException if the plan has problems
     */
    public int show(final String refused, final TablePlan<?> plan) {
        plan.warnings().forEach(warning -> err.println("driftless: warning: " + warning));
        requireNone(refused, plan.problems(), plan.advice());
        plan.changes().forEach(change -> out.println(shown(change)));
        return ExitCodes.OK;
    }

    /**
     * Refuses what has problems.
     *
     * @param refused what does not happen, as a clause
     * @throws CliException if there are problems
     */
    public static void requireNone(final String refused, final List<Problem> problems) {
        requireNone(refused, problems, "");
    }

    private static void requireNone(final String refused, final List<Problem> problems, final String advice) {
        if (!problems.isEmpty()) {
            throw new CliException(refused + ", nothing was written:"
                    + problems.stream().map(problem -> "\n  " + problem).collect(Collectors.joining())
                    + (advice.isEmpty() ? "" : "\n" + advice));
        }
    }

    private static String shown(final RowChange<?> change) {
        return String.format(
                Locale.ROOT,
                "%-9s %s (revision %d)",
                change.effect().name().toLowerCase(Locale.ROOT),
                Violation.shown(change.key()),
                change.revision());
    }
}
