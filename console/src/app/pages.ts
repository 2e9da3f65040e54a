/** Every page by its address, loaded when it is first shown. Tests look at each of them. */
export const PAGES = {
  '/': () => import('@/features/overview/OverviewPage'),
  '/jobs': () => import('@/features/jobs/JobsPage'),
  '/jobs/new': () => import('@/features/editor/NewJobPage'),
  '/jobs/$jobid': () => import('@/features/job/JobPage'),
  '/jobs/$jobid/edit': () => import('@/features/editor/EditJobPage'),
  '/runs': () => import('@/features/runs/RunsPage'),
  '/runs/$runid': () => import('@/features/run/RunPage'),
  '/agents': () => import('@/features/agents/AgentsPage'),
  '/packages': () => import('@/features/packages/PackagesPage'),
  '/activity': () => import('@/features/activity/ActivityPage'),
  '/notifications': () => import('@/features/notifications/NotificationsPage'),
  '/users': () => import('@/features/users/UsersPage'),
  '/system': () => import('@/features/system/SystemPage'),
  '/api-reference': () => import('@/features/reference/ReferencePage'),
  '/profile': () => import('@/features/profile/ProfilePage'),
};
