import { useNavigate, useSearch } from '@tanstack/react-router';

export type Search = Record<string, string | undefined>;

/** The parameters of the address, and a way to change some of them; undefined takes one away. */
export function useAddress(): [Search, (change: Search, options?: { replace?: boolean }) => void] {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  return [
    search,
    (change, options) =>
      void navigate({
        to: '.',
        search: { ...search, ...change } as never,
        replace: options?.replace,
        // Who looks for something stays where the field is.
        resetScroll: options?.replace !== true,
      }),
  ];
}
