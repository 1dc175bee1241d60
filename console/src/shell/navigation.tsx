import { NavLink as Item } from '@mantine/core';
import { NavLink, useLocation } from 'react-router';
import { useSession } from '../session/session.ts';
import { places } from './places.ts';

export function Navigation() {
  const { operator } = useSession();
  const { pathname } = useLocation();
  return (
    <nav aria-label="Pages of the console">
      {places
        .filter(({ operators }) => operator || !operators)
        .map(({ path, name, icon: Icon }) => {
          const here = pathname === path || pathname.startsWith(`${path}/`);
          return (
            <Item
              key={path}
              component={NavLink}
              to={path}
              className="ps-nav-link"
              label={name}
              leftSection={<Icon size={17} stroke={1.6} aria-hidden />}
              {...(here ? { 'aria-current': 'page' } : {})}
            />
          );
        })}
    </nav>
  );
}
