package dev.driftless.streams.app.query;

import dev.driftless.streams.app.ops.Request;
import dev.driftless.streams.app.ops.Response;
import dev.driftless.streams.topology.query.Holders;
import dev.driftless.streams.topology.query.UsageQueries;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the instance that answers. A request that was passed on is not passed on again, so that nothing can circle. */
final class Routing {
    private final Peers peers;

    Routing(final Peers peers) {
        this.peers = peers;
    }

    Optional<Response> answer(final Query query, final Request request, final UsageQueries stores) {
        final Optional<Response> here = query.answer(stores, false);
        if (here.isPresent()) {
            return here;
        }
        if (request.isForwarded()) {
            return query.answer(stores, true);
        }
        return stores.holders(query.customer())
                .flatMap(holders -> elsewhere(holders, request))
                .or(() -> query.answer(stores, true));
    }

    private Optional<Response> elsewhere(final Holders holders, final Request request) {
        return Stream.concat(Stream.of(holders.active()), holders.standbys().stream())
                .flatMap(address -> peers.ask(address, request).stream())
                .findFirst();
    }
}
