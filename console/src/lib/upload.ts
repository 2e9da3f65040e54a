import { ApiError, credentials } from './api/client';
import type { PackageView, Problem } from './api/types';

/** Sends a package; tells how much of it has gone, from 0 to 1. */
export function upload(file: File, progress: (share: number) => void): Promise<PackageView> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/file/upload/default/${encodeURIComponent(file.name)}`);
    Object.entries(credentials('POST')).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.upload.onprogress = (event) => progress(event.lengthComputable ? event.loaded / event.total : 0);
    request.onload = () => {
      let body: unknown = null;
      try {
        body = JSON.parse(request.responseText);
      } catch {
        // Not JSON: the status says enough.
      }
      if (request.status < 300) done(body as PackageView);
      else failed(new ApiError(problem(request.status, body as Partial<Problem> | null)));
    };
    request.onerror = () =>
      failed(new ApiError(problem(0, { title: 'The upload broke off', detail: 'Nothing was stored. Try it again.' })));
    const form = new FormData();
    form.append('jobFile', file);
    request.send(form);
  });
}

const problem = (status: number, told: Partial<Problem> | null): Problem => ({
  type: told?.type ?? 'http',
  title: told?.title ?? `The center answered ${status}`,
  status,
  detail: told?.detail,
  errors: told?.errors ?? [],
});
