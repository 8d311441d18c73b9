// breaks: domain-knows-no-outer-layer
import '../application/sign.js';
