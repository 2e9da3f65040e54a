import type { AgentView } from '@/lib/api/types';
import type { Look } from '@/lib/states';

/** How an agent is, worst first. */
export function agentLook(agent: AgentView): Look {
  if (agent.fenced) return { word: 'Counts as dead', tone: 'bad', icon: 'cross' };
  if (!agent.online) return { word: 'Gone', tone: 'bad', icon: 'warning' };
  if (!agent.fit) return { word: 'Clock is wrong', tone: 'bad', icon: 'clock' };
  if (agent.draining) return { word: 'Draining', tone: 'careful', icon: 'swap' };
  return { word: 'Online', tone: 'good', icon: 'check' };
}

/** How busy its host is: 1.00 when each processor has just enough to do. */
export const loadOf = (agent: AgentView): string => agent.load?.toFixed(2) ?? '–';
