package dev.driftless.cli.subscriptions;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.driftless.cli.CliException;
import dev.driftless.cli.file.Problem;
import dev.driftless.cli.file.YamlList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a file of subscriptions says. It is YAML with one key {@code subscriptions}, a list of customers with their terms.
 *
 * @param customers the customers; complete only where there are no problems
 * @param problems all that is wrong with the file
 */
public record SubscriptionsFile(List<CustomerTerms> customers, List<Problem> problems) {
    public SubscriptionsFile {
        customers = List.copyOf(customers);
        problems = List.copyOf(problems);
    }

    /**
     * Reads a file.
     *
     * @throws CliException if it cannot be read or is not YAML
     */
    public static SubscriptionsFile read(final Path file) {
        return YamlList.read(file, SubscriptionsFile::parse);
    }

    /**
     * Reads a text.
     *
     * @throws JsonProcessingException if it is not YAML, or a mapping has a key twice
     */
    public static SubscriptionsFile parse(final String yaml) throws JsonProcessingException {
        final YamlList list = YamlList.parse(yaml, "subscriptions", "customer");
        final List<Problem> problems = new ArrayList<>(list.problems());
        final List<CustomerTerms> customers = new ArrayList<>();
        for (int place = 0; place < list.entries().size(); place++) {
            final CustomerReader reader = new CustomerReader(list.entries().get(place), place + 1);
            reader.read().ifPresent(customers::add);
            problems.addAll(reader.problems());
        }
        problems.addAll(list.repeated("customer"));
        return new SubscriptionsFile(customers, problems);
    }
}
