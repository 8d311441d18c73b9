// breaks: launcher-stands-alone
import '../platform/index.js';
