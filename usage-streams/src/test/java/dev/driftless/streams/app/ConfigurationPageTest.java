package dev.driftless.streams.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.streams.app.config.SettingsReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @Test
    void shouldHaveEverySettingAsTheApplicationKnowsIt() throws IOException {
        assertThat(Files.readString(PAGE))
                .as("docs/configuration.md must end with what UsageStreamsMain --settings-reference prints")
                .endsWith(SettingsReference.markdown());
    }
}
