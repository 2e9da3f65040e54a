import { useT } from '@/lib/i18n';
import { diffLines } from '@/lib/diff';
import { TableFrame } from './TableFrame';

/** Two texts side by side; what went and what came is marked by sign and colour. */
export function Diff(props: { left: string; right: string; leftName: string; rightName: string }) {
  const t = useT();
  const rows = diffLines(props.left, props.right);
  if (rows.every((row) => row.left === row.right)) return <p className="dim">{t('They are the same.')}</p>;
  return (
    <TableFrame label={`${props.leftName}, ${props.rightName}`}>
      <table className="diff">
        <thead>
          <tr>
            <th>{props.leftName}</th>
            <th>{props.rightName}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              <td className={row.left !== null && row.left !== row.right ? 'gone' : undefined}>{row.left}</td>
              <td className={row.right !== null && row.left !== row.right ? 'new' : undefined}>{row.right}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
