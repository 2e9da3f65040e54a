import { carryCsrfToken, get, request } from '@/lib/api/client';
import type { Me } from '@/lib/api/types';

const carried = (me: Me): Me => {
  carryCsrfToken(me.csrf);
  return me;
};

/** Who we are; a refusal with status 401 when nobody. */
export const whoAmI = async () => carried(await get<Me>('/api/v1/me'));

export const signIn = async (name: string, password: string) =>
  carried(await request<Me>('POST', '/api/v1/session', { json: { name, password } }));

export const signOut = () => request<undefined>('DELETE', '/api/v1/session');

export const changePassword = (old: string, next: string) =>
  request<undefined>('PUT', '/api/v1/me/password', { json: { old, new: next } });
