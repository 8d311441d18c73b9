// breaks: migrations-stand-alone
import '../platform/database/unit-of-work.js';
