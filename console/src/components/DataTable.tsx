import { memo, type Dispatch, type ReactNode, type SetStateAction } from 'react';
import { useT } from '@/lib/i18n';
import { Icon } from './Icon';
import { Tick } from './Plain';
import { TableFrame } from './TableFrame';

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

export interface Selection {
  keys: ReadonlySet<string>;
  set: Dispatch<SetStateAction<ReadonlySet<string>>>;
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
  return (
    <TableFrame label={label} dim={dim}>
      <table className="table" aria-label={label}>
        <thead>
          <tr>
            {selection && (
              <th className="table-check">
                <Tick
                  label={t('Select all')}
                  checked={chosen > 0 && chosen === keys.length}
                  mixed={chosen > 0 && chosen < keys.length}
                  turn={(on) => selection.set((now) => changed(now, keys, on))}
                />
              </th>
            )}
            {columns.map((column) => (
              <Head key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => {
            const key = keys[at] ?? '';
            return (
              <Row
                key={key}
                id={key}
                row={row}
                columns={columns}
                chosen={selection?.keys.has(key) ?? false}
                choose={selection?.set}
              />
            );
          })}
        </tbody>
      </table>
    </TableFrame>
  );
}

const changed = (now: ReadonlySet<string>, keys: readonly string[], on: boolean) => {
  const next = new Set(now);
  keys.forEach((key) => (on ? next.add(key) : next.delete(key)));
  return next;
};

interface RowProps<T> {
  id: string;
  row: T;
  columns: readonly Column<T>[];
  chosen: boolean;
  choose: Selection['set'] | undefined;
}

/** Drawn again only when the row has changed, or the columns have: of a long list most stays as it is. */
const Row = memo(function Row<T>({ id, row, columns, chosen, choose }: RowProps<T>) {
  const t = useT();
  return (
    <tr data-chosen={chosen || undefined}>
      {choose && (
        <td className="table-check">
          <Tick label={t('Select')} checked={chosen} turn={(on) => choose((now) => changed(now, [id], on))} />
        </td>
      )}
      {columns.map((column) => (
        <td key={column.key} className={cellClass(column)}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}) as <T>(props: RowProps<T>) => ReactNode;

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
