import { Button, FileButton, Progress, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useT } from '@/lib/i18n';
import { upload } from '@/lib/upload';
import { tell, Trouble } from './Feedback';
import { Icon } from './Icon';

/** Takes a package by drop or by choice, and shows how far it is. */
export function PackageDrop({ done }: { done?: (name: string) => void }) {
  const t = useT();
  const client = useQueryClient();
  const [over, setOver] = useState(false);
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const take = async (file: File | null | undefined) => {
    if (!file) return;
    setError(null);
    setShare(0);
    try {
      const stored = await upload(file, setShare);
      tell(t('{name} is stored', { name: stored.name }));
      done?.(stored.name);
      await client.invalidateQueries({ queryKey: ['packages'] });
    } catch (refused) {
      setError(refused);
    } finally {
      setShare(null);
    }
  };
  return (
    <>
      <div
        className="drop"
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer.files[0]);
        }}
      >
        {share === null ? (
          <>
            <Icon name="upload" /> <span>{t('Drop a .tar.gz or .zip here, or')} </span>
            <FileButton onChange={(file) => void take(file)} accept=".gz,.tgz,.tar,.zip">
              {(props) => (
                <Button {...props} variant="default" ml={4}>
                  {t('choose a file')}
                </Button>
              )}
            </FileButton>
          </>
        ) : (
          <>
            <Progress value={100 * share} aria-label={t('Uploading')} />
            <Text size="xs" mt={4}>
              {t('Uploading')} {Math.round(100 * share)} %
            </Text>
          </>
        )}
      </div>
      {error !== null && <Trouble error={error} />}
    </>
  );
}
