import { contextBridge, ipcRenderer } from 'electron';
import {
  channels,
  type DesktopBridge,
  type DesktopState,
  type LastBackup,
  STATE_CHANGED,
  type WayIn,
} from './channels.ts';

/** The only thing of the desktop app that a page can reach; each call is checked again on the other side. */
const bridge: DesktopBridge = {
  state: () => ipcRenderer.invoke(channels.readState) as Promise<DesktopState>,
  onState: (listener) => void ipcRenderer.on(STATE_CHANGED, (_event, state: DesktopState) => listener(state)),
  act: (what) => ipcRenderer.invoke(channels.act, what) as Promise<void>,
  lastBackup: () => ipcRenderer.invoke(channels.readLastBackup) as Promise<LastBackup | null>,
  goBack: (name) => ipcRenderer.invoke(channels.goBack, name) as Promise<void>,
  autostart: () => ipcRenderer.invoke(channels.readAutostart) as Promise<boolean>,
  setAutostart: (on) => ipcRenderer.invoke(channels.setAutostart, on) as Promise<boolean>,
  wayIn: () => ipcRenderer.invoke(channels.readWayIn) as Promise<WayIn | null>,
};
contextBridge.exposeInMainWorld('fynlo', bridge);
