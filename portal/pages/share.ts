import { openPage } from './open-page.tsx';

openPage('share');
