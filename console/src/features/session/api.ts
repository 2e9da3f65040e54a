import { ApiError, carriesToken, carryCsrfToken, carryToken, get, request } from '@/lib/api/client';
import type { Me } from '@/lib/api/types';

const carried = (me: Me): Me => {
  carryCsrfToken(me.csrf);
  return me;
};

/** Who we are; a refusal with status 401 when nobody. */
export async function whoAmI(): Promise<Me> {
  try {
    return carried(await get<Me>('/api/v1/me'));
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return unasked();
    throw error;
  }
}

/** A center that can't say who asks knows tokens only: whether this is one it tells when it is asked for anything. */
async function unasked(): Promise<Me> {
  await get('/api/v1/jobs', { limit: 1 });
  const all = { role: 'admin', runtime: null, group: null } as const;
  return { name: 'token', displayname: '', kind: 'token', grants: [all], csrf: null, mustchange: false };
}

/** Signs in with an API token: for when there is no user yet, and for scripts that look over the shoulder. */
export async function signInWithToken(token: string): Promise<Me> {
  carryToken(token);
  try {
    return await whoAmI();
  } catch (error) {
    carryToken(null);
    throw error;
  }
}

export const signIn = async (name: string, password: string) =>
  carried(await request<Me>('POST', '/api/v1/session', { json: { name, password } }));

export async function signOut(): Promise<void> {
  if (carriesToken()) carryToken(null);
  else await request<undefined>('DELETE', '/api/v1/session');
}

export const changePassword = (old: string, next: string) =>
  request<undefined>('PUT', '/api/v1/me/password', { json: { old, new: next } });
