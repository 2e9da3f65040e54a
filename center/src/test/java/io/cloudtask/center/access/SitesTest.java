package io.cloudtask.center.access;

import static io.cloudtask.center.access.Sites.Judgement.FOREIGN_HOST;
import static io.cloudtask.center.access.Sites.Judgement.FOREIGN_PAGE;
import static io.cloudtask.center.access.Sites.Judgement.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SitesTest {
  private String website = "https://cloudtask.example.org";
  private final Sites sites = new Sites(Set.of("Alpha", "10.0.0.7", "fe80::7"), () -> website);

  private Sites.Judgement judge(@Nullable String host, @Nullable String origin) {
    return sites.judge(new Sites.Facts("192.168.1.2", host, origin, null));
  }

  @Test
  void its_own_names_and_addresses_are_its_own_whatever_the_port() {
    for (String host :
        new String[] {
          "localhost",
          "LOCALHOST:8091",
          "127.0.0.1:1",
          "[::1]",
          "[::1]:8091",
          "alpha",
          "ALPHA:80",
          "10.0.0.7:8091",
          "[fe80::7]:8091",
          "192.168.1.2:8091",
          "cloudtask.example.org",
          "Cloudtask.Example.org:443"
        }) {
      assertThat(judge(host, null)).as(host).isEqualTo(OWN);
    }
  }

  @Test
  void other_names_are_not() {
    for (String host :
        new String[] {
          null,
          "",
          ":8091",
          "evil.example",
          "localhost.evil.example",
          "127.0.0.1.evil.example",
          "10.0.0.70",
          "evil.example:8091",
          "[::2]",
          "alpha@evil.example",
          "example.org"
        }) {
      assertThat(judge(host, null)).as(host).isEqualTo(FOREIGN_HOST);
    }
    website = "no url at all";
    assertThat(judge("cloudtask.example.org", null)).isEqualTo(FOREIGN_HOST);
  }

  @Test
  void a_page_is_its_own_when_it_came_from_the_same_host_and_port() {
    assertThat(judge("alpha:8091", "http://alpha:8091")).isEqualTo(OWN);
    assertThat(judge("alpha:8091", "https://alpha:8091")).isEqualTo(OWN);
    assertThat(judge("alpha:8091", "http://alpha:3000")).isEqualTo(FOREIGN_PAGE);
    assertThat(judge("alpha:8091", "http://alpha")).isEqualTo(FOREIGN_PAGE);
    assertThat(judge("alpha:8091", "null")).isEqualTo(FOREIGN_PAGE);
    assertThat(judge("alpha:8091", "http://evil.example")).isEqualTo(FOREIGN_PAGE);
  }

  @Test
  void behind_a_proxy_that_names_another_host_the_page_is_known_by_the_website() {
    assertThat(judge("127.0.0.1:8091", "https://cloudtask.example.org")).isEqualTo(OWN);
    assertThat(judge("127.0.0.1:8091", "http://cloudtask.example.org")).isEqualTo(FOREIGN_PAGE);
    assertThat(judge("127.0.0.1:8091", "https://cloudtask.example.org:8443"))
        .isEqualTo(FOREIGN_PAGE);
  }

  @Test
  void what_a_browser_says_of_the_page_counts_where_it_names_no_origin() {
    for (String site : new String[] {"cross-site", "same-site", "anything"}) {
      Sites.Facts facts = new Sites.Facts("192.168.1.2", "alpha", null, site);
      assertThat(sites.judge(facts)).as(site).isEqualTo(FOREIGN_PAGE);
    }
    assertThat(sites.judge(new Sites.Facts("192.168.1.2", "alpha", null, "none"))).isEqualTo(OWN);
    assertThat(sites.judge(new Sites.Facts("192.168.1.2", "alpha", null, "same-origin")))
        .isEqualTo(OWN);
  }
}
