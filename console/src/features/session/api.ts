import { carriesToken, carryCsrfToken, carryToken, get, request } from '@/lib/api/client';
import type { Me } from '@/lib/api/types';

const carried = (me: Me): Me => {
  carryCsrfToken(me.csrf, me.name);
  return me;
};

/** Who we are; a refusal with status 401 when nobody. */
export const whoAmI = async () => carried(await get<Me>('/api/v1/me'));

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

export async function signIn(name: string, password: string): Promise<Me> {
  carryToken(null);
  return carried(await request<Me>('POST', '/api/v1/session', { json: { name, password } }));
}

export async function signOut(): Promise<void> {
  if (carriesToken()) carryToken(null);
  else await request<undefined>('DELETE', '/api/v1/session');
}
