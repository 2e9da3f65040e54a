import { createContext, useContext } from 'react';
import type { Me, Role } from './api/types';

const RANK: Record<Role, number> = { viewer: 0, operator: 1, owner: 2, admin: 3 };

export interface Session {
  me: Me;
  signOut: () => void;
  again: () => Promise<void>;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('used outside of a session');
  return session;
}

/** Whether somebody has at least a role on a runtime and group; without a runtime: anywhere. */
export function holds(me: Me, role: Role, runtime?: string, group?: string): boolean {
  return me.grants.some(
    (grant) =>
      RANK[grant.role] >= RANK[role] &&
      (runtime === undefined || grant.runtime === null || grant.runtime === runtime) &&
      (group === undefined || grant.group === null || grant.group === group),
  );
}

/** Whether somebody administers everything. */
export const administers = (me: Me) => me.grants.some((grant) => grant.role === 'admin' && grant.runtime === null);

/** What the viewer may do: the server decides, this only says which buttons are worth showing. */
export function useMay() {
  const { me } = useSession();
  return {
    operate: (runtime?: string, group?: string) => holds(me, 'operator', runtime, group),
    edit: (runtime?: string, group?: string) => holds(me, 'owner', runtime, group),
    administer: administers(me),
  };
}
