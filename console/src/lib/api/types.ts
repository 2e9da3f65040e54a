/** The records of the REST API, by the names they have in openapi.yaml. */
export interface Page<T> {
  items: T[];
  next: string | null;
  total?: number;
  counts?: Record<string, number>;
}
export interface FieldError {
  path: string;
  line: number;
  column: number;
  message: string;
}
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string | null;
  errors: FieldError[];
}
export type Role = 'admin' | 'owner' | 'operator' | 'viewer';
export interface Grant {
  role: Role;
  runtime: string | null;
  group: string | null;
}
export interface Me {
  name: string;
  displayname: string;
  kind: 'user' | 'token' | 'local';
  grants: Grant[];
  csrf: string | null;
  mustchange: boolean;
}
export interface MonthlyOf {
  day: number;
  week: string;
}
export interface JobDefinition {
  runtime: string;
  group: string;
  name: string;
  command: string;
  filename: string;
  env: string[];
  timeout: number;
  servers: string[];
  enabled: boolean;
  overlap: 'skip' | 'queue' | 'parallel' | 'replace';
  missed: 'skip' | 'last' | 'all';
  startdeadline: number;
  guarantee: 'leased' | 'claimed' | 'atleastonce';
  ondisconnect: number | null;
  timezone: string;
  schedules: unknown[];
  description: string;
}
export interface LastRun {
  runid: string;
  state: RunState;
  durationms: number | null;
  at: string | null;
}
export interface JobView {
  jobid: string;
  version: number;
  definition: JobDefinition;
  stat: number;
  execerr: string;
  execat: string | null;
  nextat: string | null;
  schedules: string[];
  agent: string | null;
  agentkey: string | null;
  createuser: string;
  createat: string;
  edituser: string;
  editat: string;
  lastruns?: LastRun[];
}
export type RunState =
  'queued' | 'starting' | 'running' | 'succeeded' | 'failed' | 'timed_out' | 'stopped' | 'lost' | 'cancelled';
export interface RunOutput {
  stream: 'stdout' | 'stderr';
  size: number;
  cutfrom: number;
  cutto: number;
}
export interface RunView {
  runid: string;
  jobid: string;
  jobname: string;
  version: number;
  state: RunState;
  trigger: 'schedule' | 'catchup' | 'manual' | 'external';
  attempt: number;
  fireat: string | null;
  startedat: string | null;
  endedat: string | null;
  latenessms: number | null;
  durationms: number | null;
  exitcode: number | null;
  signal: number | null;
  reason: string;
  agent: string;
  agentkey: string;
  outputs: RunOutput[];
}
export interface NextView {
  jobid: string | null;
  name: string;
  enabled: boolean;
  zone: string;
  schedules: string[];
  times: string[];
}
export interface AgentView {
  key: string;
  runtime: string;
  hostname: string;
  ipaddr: string;
  apiaddr: string;
  os: string;
  platform: string;
  online: boolean;
  seen: string | null;
  capacity: number;
  jobs: number;
  running: number;
  revision: number;
  acknowledged: number;
  draining: boolean;
  fit: boolean;
  skew: number;
  fenced: string | null;
}
export interface RuntimeView {
  name: string;
  description: string;
  servers: string[];
  autonomy: number;
  jobs: number;
  agents: AgentView[];
}
export interface CenterView {
  key: string;
  hostname: string;
  ipaddr: string;
  apiaddr: string;
  leader: boolean;
  epoch: number;
  since: string;
}
export interface PackageView {
  name: string;
  sha256: string;
  size: number;
  createat: string;
  createuser: string;
  jobs: number;
}
export interface DrainMove {
  jobid: string;
  name: string;
  to: string | null;
  hostname: string;
  reason: string;
}
export interface DrainView {
  key: string;
  hostname: string;
  preview: boolean;
  moves: DrainMove[];
}
export interface WhyView {
  jobid: string;
  name: string;
  at: string;
  verdict: 'ran' | 'skipped' | 'missed' | 'unknown' | 'not_due' | 'future';
  explanation: string;
  version: number | null;
  runid: string | null;
  reason: string | null;
  previous: string | null;
  following: string | null;
}
export interface VersionView {
  name: string;
  version: string;
}
