package dev.driftless.cli.recount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the application's instances say became of the records.
 *
 * @param partitions by partition
 * @param faults what an instance says that contradicts itself or another one
 */
public record ReportedAccount(Map<Integer, Account> partitions, List<String> faults) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;

    public ReportedAccount {
        partitions = new TreeMap<>(partitions);
        faults = List.copyOf(faults);
    }

    /** Of all partitions together. */
    public Account total() {
        return partitions.values().stream().reduce(Account.EMPTY, Account::plus);
    }

    /**
     * Asks all instances.
     *
     * @param instances base addresses of their HTTP endpoints
     * @return nothing while one of them does not answer, for instance because partitions are being handed over
     */
    public static Optional<ReportedAccount> ask(final Collection<URI> instances) {
        final Map<Integer, Account> partitions = new TreeMap<>();
        final List<String> faults = new ArrayList<>();
        for (final URI instance : instances) {
            final Optional<JsonNode> answer = get(instance.resolve("/v1/account"));
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            answer.get().path("partitions").forEach(said -> {
                final int partition = said.path("partition").asInt(-1);
                final Account account = account(said);
                if (partitions.put(partition, account) != null) {
                    faults.add("partition " + partition + " is held by two instances");
                }
                if (said.path("read").asLong(-1) != account.read()) {
                    faults.add("partition " + partition + " says it read " + said.path("read") + " records, its"
                            + " outcomes add up to " + account.read());
                }
            });
            if (!answer.get().path("balanced").asBoolean(false)) {
                faults.add(instance + " says that its account is not balanced");
            }
        }
        return Optional.of(new ReportedAccount(partitions, faults));
    }

    private static Account account(final JsonNode said) {
        final Map<String, Long> rejected = new TreeMap<>();
        said.path("rejected").properties().forEach(reason -> {
            if (reason.getValue().asLong() != 0) {
                rejected.put(reason.getKey(), reason.getValue().asLong());
            }
        });
        return new Account(
                said.path("counted").asLong(-1),
                said.path("duplicates").asLong(-1),
                rejected,
                said.path("rerouted").asLong(-1),
                said.path("ticks").asLong(0));
    }

    private static Optional<JsonNode> get(final URI address) {
        final HttpRequest request =
                HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        try {
            final HttpResponse<byte[]> response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return response.statusCode() == OK ? Optional.of(JSON.readTree(response.body())) : Optional.empty();
        } catch (final IOException silent) {
            return Optional.empty();
        } catch (final InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new RecountException("interrupted while asking " + address, interrupt);
        }
    }
}
