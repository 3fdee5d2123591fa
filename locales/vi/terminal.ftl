# What only the command line says. Variables as in `problems.ftl`.

## States

not-tried = chưa thử
state-connecting = đang kết nối
state-live = đã kết nối
state-waiting = chờ kết nối lại
state-sign-in = cần đăng nhập
state-stopped = đã dừng
person-available = rảnh
person-ringing = đổ chuông
person-busy = bận
person-dnd = không làm phiền
person-dnd-short = im lặng
person-away = vắng mặt
person-offline = ngoại tuyến
person-unknown = không rõ
person-was = chưa kết nối, trước đó { $textstate }
person-left = { $who } đã rời đi
state-you = (bạn)
state-until = đến { $time }
state-since = từ { $time }

## Calls

call-mine-from = cuộc gọi của tôi từ
call-mine-to = cuộc gọi của tôi đến
call-colleague-from = cuộc gọi của đồng nghiệp từ
call-colleague-to = cuộc gọi của đồng nghiệp đến
call-line-from = cuộc gọi của đường dây từ
call-line-to = cuộc gọi của đường dây đến
call-answered = đã trả lời
call-on-hold = giữ máy
call-no-answer = không trả lời
call-ended = đã kết thúc
call-went-to-voicemail = chuyển vào hộp thư thoại
call-voicemail = hộp thư thoại
call-by-colleague = đồng nghiệp đã trả lời
call-elsewhere = nơi khác
call-declined = bị từ chối
call-transferred = đã chuyển máy
call-failed = không được
call-out-of-sight = không thấy lúc kết thúc
call-lost = không thấy
queue-waiting = { $count } đang chờ
ticket-changed = phiếu { $id } đã đổi
skipped = bỏ qua { $name } (đến nay { $count })
lines-left-out = bỏ { $count } dòng ở đây: một lúc không có ai đọc

## Times in which nothing was heard

gap-one-call = đã lấy lại 1 cuộc gọi
gap-many-calls = đã lấy lại { $number } cuộc gọi
gap-no-call = không lỡ cuộc gọi nào
gap-fetched = đã lấy lại những gì xảy ra
gap-the-rest = phần còn lại không lấy được
gap-not-fetched = không lấy lại được

## How things stand

status-no-account = Chưa có tài khoản; hãy chạy `ringside account add`.
colleagues-one = 1 đồng nghiệp
colleagues-many = { $count } đồng nghiệp
status-deaf = Cuộc gọi có thể không đến: xem các tài khoản ở trên
status-unseen = Cuộc gọi đến được, nhưng có thể không hiện ra: xem bên dưới có gì không ổn
status-good = Cuộc gọi đến được
live-connections = Kết nối
live-calls = Cuộc gọi
live-recent = Gần đây
live-people = Mọi người
live-missed = { $number } nhỡ
live-quit = q để thoát
live-by = qua { $transport }
live-you = bạn

## Do-not-disturb

dnd-is-off = Không làm phiền đang tắt
dnd-is-off-until = Không làm phiền đang tắt, cả lịch cũng tắt đến { $time }
what-dnd = Không làm phiền
what-dnd-schedule = Không làm phiền theo lịch
what-dnd-elsewhere = Không làm phiền, bật ở { $accounts }
dnd-until-time = { $known } đến { $time }
dnd-asks = { $known }: có giữ bật không? `ringside dnd keep` hoặc `ringside dnd off`
dnd-until-off = { $known } cho đến khi bạn tắt; sẽ hỏi lại lúc { $time }
dnd-endless = { $known }, không có giờ kết thúc
dnd-not-there = im lặng ở đây, không phải tại nhà cung cấp
dnd-still-there = tại nhà cung cấp vẫn bật
dnd-again-at = Sẽ thử lại lúc { $time }.
dnd-under-way = đang thay đổi
dnd-none-there = im lặng ở đây; nhà cung cấp không có hoặc chưa kết nối
dnd-word-on = bật
dnd-word-off = tắt
dnd-on-elsewhere-word = được bật ở nơi khác
dnd-off-elsewhere-word = tắt, được tắt ở nơi khác
dnd-on-there = bật tại nhà cung cấp
dnd-follows-later = im lặng ở đây; nhà cung cấp sẽ hiển thị khi đã kết nối và không có cuộc gọi nào che đi
dnd-unseen = nhà cung cấp không hiện

## The history

seen-none-new = Không còn cuộc gọi nhỡ nào mới.
past-seen = Đã xem
past-forgotten = Đã quên đầu bên kia của
past-erased = Đã xóa.
past-noted = Đã ghi chú
past-no-reminder = Không nhắc
past-reminded = Sẽ nhắc bạn lúc { $time }
past-new = (mới)
past-private = (riêng tư)
past-shown = đã hiện
past-not-shown = không hiện
past-call-back = gọi lại lúc { $time }
no-past-call = `{ $call }` không có trong lịch sử; xem `ringside calls`.
not-a-time = `{ $wrong }` không phải thời điểm; hãy viết 2026-11-21, yesterday hoặc 7d.
not-to-come = `{ $wrong }` không phải thời điểm sắp tới; hãy viết 15:00, 2h hoặc 2026-11-21T15:00.
not-a-clock = `{ $wrong }` không phải giờ; hãy viết 17:00 hoặc tomorrow.
not-a-length = `{ $wrong }` không phải khoảng thời gian; hãy viết 30m hoặc 2h.

## What was done

done = Xong.
phone-first = Điện thoại của bạn đổ chuông trước; hãy nhấc máy để được nối.
caller-comes = Người gọi được chuyển đến điện thoại của bạn.
waits-no-more = Không còn chờ { $name }.
will-say-free = Sẽ có thông báo khi { $name } rảnh.
nobody-called = Không ai tên `{ $wrong }`; xem `ringside people`.
several-called = { $number } đồng nghiệp tên `{ $wrong }`; hãy ghi mã của một người: { $ids } …
value-set = (đã đặt, không hiện)
value-not-set = (chưa đặt)
value-yours = (của bạn)
value-theirs = (của tổ chức bạn)
value-fixed = (tổ chức của bạn cố định)

## Discretion

share-until = Chia sẻ màn hình đến { $time }
share-locked = Màn hình bị khóa
share-not-named = Không nêu tên người gọi
share-named = Nêu tên người gọi
share-desktop-dnd = Chế độ không làm phiền của máy đang bật

## Accounts

file-not-good = { $file } chưa ổn; hãy sửa những gì nêu ở trên.
no-file = Không có tệp `{ $name }`; có { $names }.
no-home-folder = Không có thư mục nhà.
not-a-provider = `{ $name }` không phải nhà cung cấp đã biết; hãy dùng một trong { $names }.
not-a-pair = `{ $wrong }` không phải cài đặt; hãy viết KHÓA=GIÁ-TRỊ.
account-already = Đã có tài khoản `{ $id }`; hãy chọn tên khác.
account-added = Đã thêm tài khoản `{ $id }`; `ringside account test { $same }` để thử.
no-account-in = Không có tài khoản trong { $file }.
no-account-called = Không có tài khoản `{ $id }`; `ringside account list` liệt kê các tài khoản.
account-removed = Đã xóa tài khoản `{ $id }` và thông tin bí mật của nó.
secret-stored = Đã lưu thông tin bí mật vào chùm khóa.
nothing-given = Chưa nhập { $what }; được đọc từ terminal hoặc đầu vào chuẩn.
sign-in-by-number = Đăng nhập bằng (1):
choose-number = Hãy chọn số từ 1 đến { $number }.
no-sign-in-way = Nhà cung cấp này không có đăng nhập.
account-works = `{ $id }` chạy tốt: kết nối qua { $transport }, đồng nghiệp: { $number }.
account-not-live = Chưa kết nối trong { $number } giây; hãy kiểm tra mạng.
account-ended = Đã kết thúc.
account-ended-early = Đã kết thúc trước khi nghe được gì.

## Address books

no-books = Không có sổ địa chỉ; hãy ghi tệp trong bảng [contacts] của cài đặt.
book-one-contact = 1 số liên hệ
book-many-contacts = { $count } số liên hệ
book-skipped-one = 1 chỗ không lấy hoặc không trọn
book-skipped = chỗ không lấy hoặc không trọn: { $number }
book-line = dòng { $number }: { $text }
book-more = và { $number } chỗ nữa
book-result = Số liên hệ dùng được: { $number }; chỗ không lấy hoặc không trọn: { $number2 }.
book-no-use = Không dùng được gì trong tệp này; hãy lưu dạng vCard hoặc CSV có tên cột.
who-nobody = { $number } không có trong tệp nào của [contacts].
who-exact = đúng số này
who-shared = nhiều liên hệ có số này
who-ending = số duy nhất có đuôi như số này
book-password = Mật khẩu của sổ địa chỉ trên máy chủ:
book-no-password = Chưa nhập mật khẩu; được đọc từ terminal hoặc đầu vào chuẩn.
book-password-stored = Đã lưu mật khẩu vào chùm khóa; sổ địa chỉ được đọc trong năm phút.

## The program

no-socket-folder = Không có thư mục cho kênh điều khiển; hãy đặt XDG_RUNTIME_DIR.
another-runs = một Ringside khác đang chạy; hãy dừng nó trước hoặc dùng nó.
no-control-socket = không tạo được kênh điều khiển tại { $path }: { $error }.
own-fault = Ringside kết thúc do lỗi của chính nó; vui lòng báo lỗi.
printing-fault = Việc in kết thúc do lỗi của Ringside; vui lòng báo lỗi.
output-unwritten = Kết quả in ra không đầy đủ vì không ghi được ({ $error }); hãy giải phóng chỗ hoặc ghi ra nơi khác.
starts-with-session = Ringside khởi động cùng phiên, trong khay và không có cửa sổ.
entry-unwritten = Không ghi được mục trong { $folder }: { $error }.
entry-unremoved = Không xóa được mục trong { $folder }: { $error }.
would-start = { $program } lẽ ra khởi động cùng phiên nhưng không có; hãy chạy `ringside autostart on`.
no-running-ringside = Không có Ringside nào đang chạy; hãy chạy `ringside agent`.
doctor-bundle = Đã ghi { $file }; tệp không nêu người, số hay tài khoản nào.
doctor-bundle-unwritten = Không ghi được { $file }: { $error }; hãy ghi tên tệp mới.
doctor-settings = Cài đặt: { $file }
doctor-needs-you = Có việc cần bạn: xem các dòng ghi FAIL.
watch-no-such = Không có tài khoản `{ $id }` không lỗi trong cài đặt.
watch-nothing = Không có tài khoản để theo dõi; hãy chạy `ringside account add`.
watch-all-faulty = Không tài khoản nào trong cài đặt không có lỗi; hãy sửa các dòng nêu ở trên.
record-there = Đã có { $path }; hãy cho --record tên chưa dùng.
record-unwritten = Không ghi được { $path }: { $error }.
watch-sign-in = Không tài khoản nào tiếp tục được nếu không đăng nhập; hãy chạy `ringside account sign-in ID` rồi chạy lại.
watch-ended = Không tài khoản nào tiếp tục được; lỗi của từng cái đã nêu ở trên.
replay-result = Phiên: { $number } trong { $seconds } s; đầu vào: { $inputs }, trả lời cho điều không hỏi: { $answers }.
replay-line = Dòng { $number }: { $text }
replay-unreadable = không đọc được ({ $error }).
replay-no-recording = đây không phải dòng của bản ghi; hãy tạo bằng `ringside watch --record`.
simulator-plain = Trình mô phỏng không mã hóa; --listen phải là địa chỉ của máy này.
simulator-deaf = Trình mô phỏng không nghe được trên { $address }: { $error }.
demo-deaf = Văn phòng demo không nghe được trên máy này: { $error }.
