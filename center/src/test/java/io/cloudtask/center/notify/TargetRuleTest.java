package io.cloudtask.center.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetRuleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.9.10",
        "0.0.0.0",
        "0.1.2.3",
        "169.254.169.254",
        "169.254.1.1",
        "100.100.100.200",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "ff02::1",
        "fd00:ec2::254",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::127.0.0.1",
        "64:ff9b::a9fe:a9fe"
      })
  void addresses_of_this_host_its_link_and_stores_of_secrets_are_local(String address)
      throws Exception {
    assertThat(TargetRule.isLocal(InetAddress.getByName(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.8",
        "192.168.1.1",
        "172.16.0.1",
        "93.184.216.34",
        "2001:db8::1",
        "64:ff9b::808:808"
      })
  void others_are_not(String address) throws Exception {
    assertThat(TargetRule.isLocal(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://example.org/",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "https://user:secret@example.org/",
        "example.org",
        "http://exa mple.org/",
        "javascript:alert(1)",
        ""
      })
  void what_is_no_web_address_is_refused(String url) {
    assertThat(TargetRule.objection(url)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://hooks.example.org/T/B?x=y", "http://chat.internal:8080/hook"})
  void web_addresses_are_not(String url) {
    assertThat(TargetRule.objection(url)).isEmpty();
  }
}
