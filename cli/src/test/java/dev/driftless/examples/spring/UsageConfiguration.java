package dev.driftless.examples.spring;

import dev.driftless.client.UsageClient;
import dev.driftless.client.UsageClientConfig;
import dev.driftless.client.WhenFull;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One client for the application. It is closed with it, and fails loudly if there is usage that was not delivered. */
@Configuration(proxyBeanMethods = false)
public class UsageConfiguration {
    @Bean(destroyMethod = "close")
    public UsageClient usageClient(
            @Value("${driftless.bootstrap-servers}") final String bootstrapServers,
            @Value("${driftless.schema-registry-url}") final String schemaRegistryUrl) {
        return UsageClient.create(UsageClientConfig.builder()
                .bootstrapServers(bootstrapServers)
                .schemaRegistryUrl(schemaRegistryUrl)
                // A request of ours waits this long at most when the brokers are slow.
                .whenFull(WhenFull.block(Duration.ofSeconds(1)))
                .build());
    }
}
