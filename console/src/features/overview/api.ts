import { get } from '@/lib/api/client';
import type { Overview } from '@/lib/api/types';

export const overview = (signal?: AbortSignal) => get<Overview>('/api/v1/overview', {}, signal);
