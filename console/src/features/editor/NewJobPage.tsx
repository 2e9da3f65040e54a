import { Answer } from '@/components/Feedback';
import { Page } from '@/components/Page';
import { useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { useAddress } from '@/lib/search';
import { runtimes } from './api';
import { newDraft } from './draft';
import { JobForm } from './JobForm';

export default function NewJobPage() {
  const t = useT();
  const [search] = useAddress();
  const asked = useLive(['runtimes'], ['runtimes'], runtimes);
  return (
    <Page title={t('New job')}>
      <Answer of={asked}>
        {(all) => <JobForm first={newDraft(search.runtime ?? all[0]?.name ?? '', search.group ?? 'default')} />}
      </Answer>
    </Page>
  );
}
