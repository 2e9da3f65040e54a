import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Answer } from '@/components/Feedback';
import { Page } from '@/components/Page';
import { useT } from '@/lib/i18n';
import { job } from './api';
import { draftOf } from './draft';
import { JobForm } from './JobForm';

export default function EditJobPage() {
  const t = useT();
  const { jobid } = useParams({ strict: false }) as { jobid: string };
  // Asked once: what others change meanwhile must not change the form under the hands of who types.
  const asked = useQuery({
    queryKey: ['edit', jobid],
    queryFn: ({ signal }) => job(jobid, signal),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  return (
    <Answer of={asked}>
      {(found) => (
        <Page title={t('Edit {name}', { name: found.definition.name })} lead={t('version {n}', { n: found.version })}>
          <JobForm first={draftOf(found)} job={found} />
        </Page>
      )}
    </Answer>
  );
}
