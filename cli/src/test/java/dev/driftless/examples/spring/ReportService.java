package dev.driftless.examples.spring;

import dev.driftless.client.Receipt;
import dev.driftless.client.Usage;
import dev.driftless.client.UsageClient;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Service;

/** Bills each report once, however often the request for it is repeated. */
@Service
public class ReportService {
    private final UsageClient usage;

    public ReportService(final UsageClient usage) {
        this.usage = usage;
    }

    /** Completes when the report is billed: answer the request then, and not before. */
    public CompletableFuture<Receipt> render(final String customer, final String requestId) {
        return usage.track(Usage.builder()
                .customer(customer)
                .feature("api_calls")
                .idempotencyKey(requestId)
                .build());
    }
}
