package dev.driftless.cli.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;

class CatalogTableTest {
    @Test
    void shouldShowWhatADefinitionSays() throws JsonProcessingException {
        final CatalogFile file = CatalogFile.parse("""
                features:
                  - code: active_users
                    aggregation: UNIQUE
                    uniqueProperty: user_id
                    groupBy: [region, model]
                    unit: user
                    latePolicy: NEXT
                    effective:
                      - from: 2025-01-01
                        until: 2026-01-01
                      - from: 2026-03-01
                  - code: tokens_generated
                    aggregation: SUM
                    unit: token
                    description: Tokens
                    minimum: 0
                    maximum: 1.50
                    wholeNumbers: true
                    effective:
                      - from: 2026-01-01
                """);

        assertThat(CatalogTable.of(file.features()).lines())
                .extracting(line -> line.replaceAll(" {2,}", " | "))
                .containsExactly(
                        "code | revision | aggregation | unit | split by | in effect | values | late | description",
                        CatalogTable.of(file.features()).lines().get(1).replaceAll(" {2,}", " | "),
                        "active_users | 0 | UNIQUE of user_id | user | model, region | 2025-01-01T00:00:00Z to"
                                + " 2026-01-01T00:00:00Z, from 2026-03-01T00:00:00Z | any | NEXT",
                        "tokens_generated | 0 | SUM | token | - | from 2026-01-01T00:00:00Z | >= 0, <= 1.5, whole |"
                                + " default | Tokens");
    }
}
