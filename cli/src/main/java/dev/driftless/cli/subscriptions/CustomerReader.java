package dev.driftless.cli.subscriptions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftless.cli.file.Fields;
import dev.driftless.cli.file.Problem;
import dev.driftless.schemas.rules.FieldRules;
import dev.driftless.schemas.rules.Violation;
import dev.driftless.streams.domain.period.SubscriptionTerms;
import dev.driftless.streams.domain.period.SubscriptionTerms.Term;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads one customer of a file, and collects all that is wrong with it. To be used once, by one thread. */
final class CustomerReader {
    private static final String CUSTOMER = "customer";
    private static final String TERMS = "terms";
    private static final Set<String> FIELDS = Set.of(CUSTOMER, TERMS);

    private final JsonNode node;
    private final String name;
    private final Fields fields;
    private final List<Problem> problems = new ArrayList<>();

    /**
     * A reader of one customer.
     *
     * @param node the customer as it is in the file
     * @param place its place in the file, to name it by if it has no id
     */
    CustomerReader(final JsonNode node, final int place) {
        this.node = node;
        this.name = node.path(CUSTOMER).isTextual()
                        && !node.path(CUSTOMER).textValue().isBlank()
                ? Violation.shown(node.path(CUSTOMER).textValue())
                : "customer " + place;
        this.fields = new Fields(node, "", this::problem);
    }

    /** The customer, or nothing where {@link #problems()} has an entry. */
    Optional<CustomerTerms> read() {
        if (!node.isObject()) {
            problem("entry", "must be a mapping with the fields " + new TreeSet<>(FIELDS));
            return Optional.empty();
        }
        fields.refuseUnknown(FIELDS);
        final Optional<String> customer = customer();
        final List<Term> terms = terms();
        return problems.isEmpty()
                ? Optional.of(new CustomerTerms(customer.orElseThrow(), new SubscriptionTerms(terms)))
                : Optional.empty();
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    private void problem(final String field, final String message) {
        problems.add(new Problem(name, field, message));
    }

    private Optional<String> customer() {
        final JsonNode customer = fields.get(CUSTOMER);
        if (fields.isAbsent(CUSTOMER)) {
            problem(CUSTOMER, "is missing");
            return Optional.empty();
        }
        if (!customer.isTextual()) {
            fields.refuse(CUSTOMER, "be a text; put it into quotes");
            return Optional.empty();
        }
        final Optional<Violation> violation = FieldRules.customerId(customer.textValue());
        violation.ifPresent(broken -> fields.refuse(CUSTOMER, broken.rule()));
        return Optional.of(customer.textValue());
    }

    /** The terms in ascending order; incomplete if there was a problem. */
    private List<Term> terms() {
        final JsonNode list = fields.get(TERMS);
        if (!list.isArray() || list.isEmpty()) {
            problem(TERMS, "must be a list of at least one term with the fields " + TermReader.SHOWN_FIELDS);
            return List.of();
        }
        final List<Term> terms = new ArrayList<>();
        for (int place = 0; place < list.size(); place++) {
            new TermReader(TERMS + "[" + (place + 1) + "]", list.get(place), this::problem)
                    .read()
                    .ifPresent(terms::add);
        }
        terms.sort(Comparator.comparing(Term::effectiveFrom));
        refuseEqualStarts(terms);
        return terms;
    }

    private void refuseEqualStarts(final List<Term> ascending) {
        for (int next = 1; next < ascending.size(); next++) {
            if (ascending
                    .get(next - 1)
                    .effectiveFrom()
                    .equals(ascending.get(next).effectiveFrom())) {
                problem(
                        TERMS,
                        "must not have two terms from '" + ascending.get(next).effectiveFrom() + "'");
            }
        }
    }
}
