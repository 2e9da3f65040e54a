import { Button, CopyButton } from '@mantine/core';
import { Answer } from '@/components/Feedback';
import { Card } from '@/components/Page';
import type { JobView } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { yaml } from './api';

/** The job as a job file. */
export default function YamlTab({ job }: { job: JobView }) {
  const t = useT();
  const asked = useLive(['yaml', job.jobid, job.version], [], (signal) => yaml(job.jobid, signal));
  return (
    <Card
      flush
      title={<span className="dim">./cloudtask job apply -f {job.definition.name}.yaml</span>}
      actions={
        <CopyButton value={asked.data ?? ''}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? t('Copied') : t('Copy')}
            </Button>
          )}
        </CopyButton>
      }
    >
      <Answer of={asked}>
        {(text) => (
          <pre className="yaml" tabIndex={0}>
            {text}
          </pre>
        )}
      </Answer>
    </Card>
  );
}
