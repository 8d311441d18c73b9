// breaks: domain-knows-no-framework
import '@nestjs/common';
