import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { DataTable } from '@/components/DataTable';
import { Answer, Empty, tell, tellTrouble } from '@/components/Feedback';
import { Icon } from '@/components/Icon';
import { Card, Page } from '@/components/Page';
import { State } from '@/components/State';
import type { RuleView } from '@/lib/api/types';
import { useT } from '@/lib/i18n';
import { useLive } from '@/lib/live';
import { useAddress } from '@/lib/search';
import { KINDS, rules, test } from './api';
import { Notices } from './Notices';
import { RuleDialog } from './RuleDialog';

/** Who is told of what, and what was told. */
export default function NotificationsPage() {
  const t = useT();
  const [search, change] = useAddress();
  // A job's page leads here to make a rule about it.
  const [dialog, setDialog] = useState<RuleView | 'new' | null>(search.job ? 'new' : null);
  const close = () => {
    setDialog(null);
    if (search.job) change({ job: undefined }, { replace: true });
  };
  const asked = useLive(['rules'], ['system'], rules);
  return (
    <Page
      title={t('Notifications')}
      lead={t('Who is told by mail or webhook, and of what')}
      actions={
        <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setDialog('new')}>
          {t('New rule')}
        </Button>
      }
    >
      <Card flush title={t('Rules')}>
        <Answer of={asked} rows={3}>
          {(all) =>
            all.length === 0 ? (
              <Empty icon="bell" title={t('Nobody is told of anything')}>
                {t(
                  'Make a rule: for example, mail to whoever looks after the jobs when one fails and when it works again.',
                )}
              </Empty>
            ) : (
              <Rules rules={all} change={setDialog} />
            )
          }
        </Answer>
      </Card>
      <Notices />
      {dialog !== null && <RuleDialog rule={dialog === 'new' ? null : dialog} jobid={search.job} close={close} />}
    </Page>
  );
}

function Rules({ rules: all, change }: { rules: RuleView[]; change: (rule: RuleView) => void }) {
  const t = useT();
  const client = useQueryClient();
  const tryIt = async (rule: RuleView) => {
    try {
      const result = await test(rule.ruleid);
      if (result.sent) tell(t('A test was sent by {name}', { name: rule.name }));
      else tellTrouble(t, new Error(result.error));
      await client.invalidateQueries({ queryKey: ['notices'] });
    } catch (error) {
      tellTrouble(t, error);
    }
  };
  return (
    <DataTable
      label={t('Rules')}
      rows={all}
      rowKey={(rule) => rule.ruleid}
      columns={[
        {
          key: 'name',
          title: t('Name'),
          cell: (rule) => (
            <>
              <b>{rule.name}</b>
              <div className="sub">
                {rule.jobid || [rule.runtime, rule.group].filter(Boolean).join(' / ') || t('all jobs')}
              </div>
            </>
          ),
        },
        {
          key: 'state',
          title: t('State'),
          width: 110,
          cell: (rule) => (
            <State
              look={
                rule.enabled
                  ? { word: 'Active', tone: 'good', icon: 'check' }
                  : { word: 'Disabled', tone: 'quiet', icon: 'pause' }
              }
            />
          ),
        },
        {
          key: 'kinds',
          title: t('When'),
          wide: true,
          cell: (rule) => rule.kinds.map((kind) => t(KINDS[kind] ?? kind)).join(', '),
        },
        {
          key: 'to',
          title: t('To'),
          cell: (rule) => (
            <>
              <span className="sub">{t(rule.channel)}</span> {rule.targets.join(', ')}
            </>
          ),
        },
        {
          key: 'act',
          title: '',
          right: true,
          width: 180,
          cell: (rule) => (
            <span className="nowrap">
              <Button variant="subtle" onClick={() => void tryIt(rule)}>
                {t('Test')}
              </Button>
              {rule.managed ? (
                <span className="sub">{t('from the configuration')}</span>
              ) : (
                <Button variant="subtle" onClick={() => change(rule)}>
                  {t('Change …')}
                </Button>
              )}
            </span>
          ),
        },
      ]}
    />
  );
}
