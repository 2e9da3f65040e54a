import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import { useT } from '@/lib/i18n';
import { Icon } from './Icon';

export interface Column<T> {
  key: string;
  title: string;
  cell: (row: T) => ReactNode;
  /** The name by which the server sorts. */
  sort?: string;
  width?: number | string;
  right?: boolean;
  /** Left out on narrow screens. */
  wide?: boolean;
  /** Left out on all but wide screens. */
  wider?: boolean;
}

interface Selection {
  keys: ReadonlySet<string>;
  set: (keys: ReadonlySet<string>) => void;
}

interface Props<T> {
  label: string;
  rows: readonly T[];
  rowKey: (row: T) => string;
  columns: readonly Column<T>[];
  sort?: string;
  onSort?: (sort: string) => void;
  selection?: Selection;
  dim?: boolean;
}

/** A dense table; sorting and paging are the server's. */
export function DataTable<T>({ label, rows, rowKey, columns, sort, onSort, selection, dim }: Props<T>) {
  const t = useT();
  const keys = rows.map(rowKey);
  const chosen = selection ? keys.filter((key) => selection.keys.has(key)).length : 0;
  const toggle = (wanted: string[], on: boolean) => {
    const next = new Set(selection?.keys);
    wanted.forEach((key) => (on ? next.add(key) : next.delete(key)));
    selection?.set(next);
  };
  return (
    <div className="table-frame" data-dim={dim || undefined}>
      <table className="table" aria-label={label}>
        <thead>
          <tr>
            {selection && (
              <th className="table-check">
                <Checkbox
                  size="xs"
                  aria-label={t('Select all')}
                  checked={chosen > 0 && chosen === keys.length}
                  indeterminate={chosen > 0 && chosen < keys.length}
                  onChange={(event) => toggle(keys, event.currentTarget.checked)}
                />
              </th>
            )}
            {columns.map((column) => (
              <Head key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = rowKey(row);
            return (
              <tr key={key} data-chosen={selection?.keys.has(key) || undefined}>
                {selection && (
                  <td className="table-check">
                    <Checkbox
                      size="xs"
                      aria-label={t('Select')}
                      checked={selection.keys.has(key)}
                      onChange={(event) => toggle([key], event.currentTarget.checked)}
                    />
                  </td>
                )}
                {columns.map((column) => (
                  <td key={column.key} className={cellClass(column)}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const cellClass = (column: { right?: boolean; wide?: boolean; wider?: boolean }) =>
  [column.right ? 'right' : '', column.wide ? 'wide' : '', column.wider ? 'wide wider' : '']
    .filter(Boolean)
    .join(' ') || undefined;

function Head<T>(props: { column: Column<T>; sort?: string; onSort?: (sort: string) => void }) {
  const { column, sort, onSort } = props;
  const name = column.sort;
  const style = { width: column.width };
  if (name === undefined || onSort === undefined) {
    return (
      <th className={cellClass(column)} style={style}>
        {column.title}
      </th>
    );
  }
  const direction = sort === name ? 'ascending' : sort === `-${name}` ? 'descending' : 'none';
  return (
    <th className={cellClass(column)} style={style} aria-sort={direction}>
      <button type="button" className="sort" onClick={() => onSort(direction === 'ascending' ? `-${name}` : name)}>
        {column.title}
        {direction !== 'none' && <Icon name={direction === 'ascending' ? 'up' : 'down'} size={12} />}
      </button>
    </th>
  );
}
