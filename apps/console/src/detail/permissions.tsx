import { IconCheck, IconX } from '@tabler/icons-react';
import type { ConnectionDetail } from '../api/model.ts';
import classes from './detail-panel.module.css';

/** Permissions: the missing ones first, since they are what one looks for. */
export function Permissions({ detail }: { readonly detail: ConnectionDetail }) {
  if (detail.grantedScopes.length + detail.missingScopes.length === 0) return null;
  return (
    <section aria-labelledby="permissions">
      <h3 className={classes.section} id="permissions">
        Permissions
      </h3>
      <ul className={classes.scopes}>
        {detail.missingScopes.map((scope) => (
          <li key={scope} data-missing="true">
            <IconX size={15} aria-hidden /> <code>{scope}</code> <span>missing</span>
          </li>
        ))}
        {detail.grantedScopes.map((scope) => (
          <li key={scope}>
            <IconCheck size={15} aria-hidden /> <code>{scope}</code> <span className="visually-hidden">granted</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
