package dev.driftless.cli.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "metric",
                "metrics",
                "usage",
                "event",
                "events",
                "feature",
                "feature1",
                "event_x",
                "a",
                "x1",
                "ab",
                "my_metric",
                "new_feature_2",
                "test",
                "value",
                "total_usage",
                "count",
                "usage_v2",
                "metric_01",
                "foo",
                "data",
                "_",
                "quantities",
                "custom_event",
                "product_usage_count"
            })
    void shouldRefuseACodeThatSaysNothingAboutWhatIsMetered(final String code) {
        assertThat(CodeRules.vagueness(code)).as(code).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api_calls",
                "tokens_generated",
                "storage_gb_hours",
                "gpu_minutes",
                "cpu",
                "seats",
                "sms_messages",
                "s3_requests",
                "usage_exports",
                "events_ingested",
                "data_transfer_gb",
                "model_gpt4_tokens",
                "test_runs"
            })
    void shouldAcceptACodeThatNamesAnActionOrAResource(final String code) {
        assertThat(CodeRules.vagueness(code)).as(code).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "api_call, api_calls",
        "apicalls, api_calls",
        "api__calls, api_calls",
        "api_cals, api_calls",
        "api_callss, api_calls",
        "pai_calls, api_calls",
        "api_colls, api_calls",
        "api_calsl, api_calls",
        "queries, query",
        "storage_gbhours, storage_gb_hours"
    })
    void shouldFindTheExistingCodeThatANewOneIsLikelyASlipFor(final String code, final String existing) {
        assertThat(CodeRules.nearDuplicate(code, List.of("seats", existing))).contains(existing);
    }

    @ParameterizedTest
    @CsvSource({
        "gpu_hours, seat_hours",
        "cpu, gpu",
        "tokens_v1, tokens_v2",
        "gpt_tokens_3, gpt_tokens_4",
        "api_calls, api_calls",
        "exports, imports"
    })
    void shouldNotTakeAnotherFeatureForASlip(final String code, final String existing) {
        assertThat(CodeRules.nearDuplicate(code, List.of(existing))).isEmpty();
    }
}
