import { render } from 'solid-js/web';
import { Root } from './ui/Root.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
render(() => <Root />, root);
