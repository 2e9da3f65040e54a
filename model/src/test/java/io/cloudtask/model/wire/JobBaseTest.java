package io.cloudtask.model.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.json.Json;
import org.junit.jupiter.api.Test;

class JobBaseTest {
  private static final String MANUAL =
      """
      {"jobid":"399d4b159c65c9b34d2a3c41","jobname":"ACCT.ShippingCost.job","filename":"",\
      "filecode":"d41d8cd98f00b204e9800998ecf8427e","cmd":"./run.sh","env":[],"timeout":0,"version":1,"schedule":[\
      {"id":"1623e5f1a23","enabled":1,"turnmode":2,"interval":2,"startdate":"03/19/2018","enddate":"",\
      "starttime":"00:00","endtime":"23:59","selectat":"","monthlyof":{"day":1,"week":""}}]}\
      """;

  @Test
  void the_job_of_the_manual_is_read_and_written_to_the_letter() {
    JobBase job = Json.MAPPER.readValue(MANUAL, JobBase.class);
    assertThat(Json.MAPPER.writeValueAsString(job)).isEqualTo(MANUAL);
  }

  @Test
  void the_file_code_is_the_md5_of_the_name() {
    assertThat(JobBase.fileCode("")).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
    assertThat(JobBase.fileCode("cloudtask-2.2.1-GDEV-2018-03-21_15-54-34.tar.gz"))
        .isEqualTo("f1c844efe815a8b0294d6c68479af9f4");
  }
}
