package dev.driftless.streams.provisioning;

/**
 * A change of a topic's setting.
 *
 * @param topic its name
 * @param setting name of the setting
 * @param was value before
 * @param is value since
 */
record SettingChange(String topic, String setting, String was, String is) {
    @Override
    public String toString() {
        return "changed topic " + topic + ": " + setting + " from " + was + " to " + is;
    }
}
